//! What a draw is for: the part of its address that keeps questions apart.
//!
//! Every draw of the model has an address (seed, replication, region, entity,
//! purpose, index). The form is not in it: the same household meets the same
//! chances in every form. New purposes go at the end, so that no existing
//! draw changes.

use crate::model::Function;

/// A question put to chance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u16)]
pub(crate) enum Purpose {
    /// Time to the next arrival of a stream; index: its number.
    Arrival,
    /// The area in which a household lives.
    Area,
    /// Its severity when it first comes.
    Severity,
    /// Whether it has children.
    Children,
    /// Whether the danger is partner violence.
    PartnerViolence,
    /// Its number of problem domains.
    Domains,
    /// Whether it needs specialist help.
    Specialist,
    /// Weeks of help that it needs; index: how often it needed help anew.
    HelpNeeded,
    /// Its latent need for a measure.
    Need,
    /// Unit-exponential threshold of an incident; index: the incident.
    Incident,
    /// Whether an incident is reported; index: the incident.
    Reported,
    /// Whether a reported incident is a crisis; index: the incident.
    Crisis,
    /// Whether an incident worsens the class; index: the incident.
    Worsening,
    /// What follows a veiligheidsbeoordeling; index: the case.
    Triage,
    /// To which help a transfer or a kept case goes; index: the case.
    NextStep,
    /// Whether a short follow-up leads to help; index: the case.
    FollowUp,
    /// Whether an onderzoek leads to help; index: the case.
    OnderzoekOutcome,
    /// Whether conditions are kept; index: the case.
    ConditionsKept,
    /// Whether help is accepted; index: the start of help.
    Acceptance,
    /// Whether help stalls; index: the start of help.
    Stall,
    /// Whether drang works; index: the start of drang.
    DrangOutcome,
    /// Own part of the tafel's error; index: the meeting.
    TafelOutcome,
    /// Error of the first judgement; index: the decision.
    FirstJudgement,
    /// Own part of the check's error; index: the check.
    CheckJudgement,
    /// Whether the judge grants; index: the hearing.
    Grant,
    /// Whether a uithuisplaatsing comes with an OTS; index: the order.
    Uithuisplaatsing,
    /// Whether a uithuisplaatsing ends in a year; index: the year.
    GoingHome,
    /// Whether an OTS is extended; index: the year.
    Extension,
    /// Whether gezagsbeëindiging is asked for; index: the year.
    Gezagsbeeindiging,
    /// Length of voogdij.
    Voogdij,
    /// Whether there is a huisverbod; index: the crisis.
    Huisverbod,
    /// Whether it is extended; index: the crisis.
    HuisverbodExtension,
    /// Whether there is a contactverbod; index: the crisis.
    Contactverbod,
    /// Time already behind a household in the stock.
    StockAge,
    /// Shift of an area's threshold for a measure.
    AreaThreshold,
    /// Time until a professional leaves; index: their place's n-th holder.
    Leaving,
    /// Whether they leave then, under normal load; index: the same.
    LeavingThinned,
    /// Time until they are replaced; index: the same.
    Replacement,
    /// Time to a plan, against its mean; index: the plan.
    Plan,
    /// Whether another reports the same; index: the melding.
    Repeated,
    /// How soon; index: the same.
    RepeatedAfter,
    /// Whether an area's lokaal team is weak.
    WeakArea,
    /// How long it stays in sight.
    Departure,
    /// Whether a family known from before the run is safe.
    KnownSafe,
    /// Error of a judgement whether a measure is asked for at once; index: the look.
    DirectJudgement,
    /// Whether help that runs elsewhere stalls; index: the case.
    Elsewhere,
    /// Time until a professional leaves because of a change-over; index: the place's n-th such day.
    Unrest,
    /// Whether they leave then; index: the same.
    UnrestThinned,
    /// Time until they are replaced; index: the same.
    UnrestReplacement,
    /// Effort and duration of work of a function; index: the n-th time.
    /// One purpose for each function, from here on.
    Work = 256,
}

impl Purpose {
    /// The purpose of the effort and duration of a function's work.
    pub fn work(function: Function) -> u16 {
        Purpose::Work as u16 + function as u16
    }
}
