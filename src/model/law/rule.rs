//! The rules: what follows what. Read them beside the diagram in `model`.

use super::consequence::{Following, Next, Ruling};
use super::moment::{Known, Moment, Question};
use super::step::{Ask, Kind, OrderKind, Track};
use crate::engine::Urgency;
use crate::model::{Entrance, Function, Severity};

/// What follows a moment in the life of a family.
pub(crate) fn follows(moment: Moment, known: &Known) -> Ruling {
    match moment {
        Moment::Came {
            entrance,
            is_crisis,
        } => Ok(known.after_coming(entrance, is_crisis)),
        Moment::Reported { is_crisis } => Ok(known.after_vervolgmelding(is_crisis)),
        Moment::Ended {
            function,
            kind,
            track,
            is_success,
        } => match track {
            Track::Main => known.after_step(function, kind, is_success),
            Track::Side => known.after_side_step(function, kind),
            Track::Aside => known.after_aside(function),
        },
        Moment::Failed(function) => known.after_failure(function),
        Moment::TermOver => known.after_term(),
        Moment::Dropped(Function::Jeugdbeschermingstafel) => Ok(known.ask_raad()),
        Moment::Dropped(_) => known.decide(),
    }
}

fn step(ask: Ask) -> Following {
    Next::from(ask).into()
}

impl Known {
    /// The answer to a question, or the question.
    fn is(&self, question: Question) -> Result<bool, Question> {
        self.answers.to(question)
    }

    // ---- coming in ------------------------------------------------------------

    fn after_coming(&self, entrance: Entrance, is_crisis: bool) -> Following {
        step(match entrance {
            Entrance::Stock => return Following::NOTHING,
            Entrance::Jeugdreclassering => Ask::next(Function::Jeugdreclassering),
            Entrance::OwnIntake => Ask::next(Function::VrijwilligeHulp),
            _ if is_crisis => Ask::next(Function::Crisis).urgency(Urgency::Crisis),
            // Acute at once, otherwise within five working days.
            _ => Ask::next(Function::Veiligheidsbeoordeling).urgency(match self.severity {
                Severity::AcuutOnveilig => Urgency::Crisis,
                _ => Urgency::Urgent,
            }),
        })
    }

    fn after_vervolgmelding(&self, is_crisis: bool) -> Following {
        let aside = |function| Ask::next(function).track(Track::Aside);
        if is_crisis {
            step(aside(Function::Crisis).urgency(Urgency::Crisis))
        } else if matches!(self.main, Some((Function::Veiligheidsbeoordeling, _))) {
            self.hasten()
        } else {
            step(aside(Function::Veiligheidsbeoordeling).kind(Kind::Vervolgmelding))
        }
    }

    fn hasten(&self) -> Following {
        match self.severity {
            Severity::AcuutOnveilig => Next::Hasten.into(),
            _ => Following::NOTHING,
        }
    }

    // ---- a step of the way has ended -------------------------------------------

    fn after_step(&self, function: Function, kind: Kind, is_success: bool) -> Ruling {
        Ok(match function {
            Function::Veiligheidsbeoordeling if kind == Kind::FollowUp => {
                match self.is(Question::FollowUpHelps)? {
                    true => self.ask_help(),
                    false => Next::Close.into(),
                }
            }
            Function::Veiligheidsbeoordeling => return self.after_assessment(),
            Function::Crisis => return self.after_crisis(Track::Main),
            Function::Onderzoek => {
                if !self.is(Question::OnderzoekHelps)? {
                    Next::Close.into()
                } else if self.is_requested()? {
                    self.request()?
                } else {
                    self.ask_help()
                }
            }
            Function::VoorwaardenEnVervolg => {
                match !self.is(Question::ConditionsKept)? && self.is_requested()? {
                    true => self.request()?,
                    false => self.ask_help(),
                }
            }
            Function::VrijwilligeHulp => match !is_success && self.is_child_unsafe() {
                true => Next::Fail(function).into(),
                false => Next::Close.into(),
            },
            Function::Drang if !is_success => Next::Fail(function).into(),
            // Back to the lokaal team: for the rest of the help, or for nazorg.
            Function::Drang if self.severity.is_unsafe() => self.ask_help(),
            Function::Drang => step(Ask::next(Function::Nazorg)),
            Function::Jeugdbeschermingstafel => match self.is(Question::TableSeesNeed)? {
                true => self.ask_raad(),
                false => self.back_to_help(),
            },
            Function::Beschermingsonderzoek => {
                step(Ask::next(Function::ToetsEnVerzoek).kind(kind).urgent())
            }
            Function::ToetsEnVerzoek => match self.is(Question::Check)? {
                true => step(Ask::next(Function::Rechter).kind(kind).urgency(match kind {
                    Kind::Spoed => Urgency::Crisis,
                    _ => Urgency::Regular,
                })),
                false => self.back_to_help(),
            },
            Function::Rechter => match self.is(Question::Granted)? {
                true => self.order(kind),
                false => self.back_to_help(),
            },
            Function::UitvoeringMaatregel => self.after_execution(),
            Function::Nazorg | Function::Jeugdreclassering => Next::Close.into(),
            Function::Advies | Function::SpecialistischeHulp => Following::NOTHING,
        })
    }

    fn after_assessment(&self) -> Ruling {
        if self.is(Question::NothingFollows)? {
            return Ok(Next::Close.into());
        }
        let is_kept = self.is(Question::Kept)?;
        if self.is_evident()? {
            self.request()
        } else if is_kept {
            self.keep(true)
        } else if self.is(Question::HelpElsewhere)? {
            Ok(Next::HelpElsewhere.then(Next::Close))
        } else if self.has_children && self.is(Question::ToDrang)? && self.is(Question::HasDrang)? {
            Ok(step(Ask::next(Function::Drang)))
        } else {
            Ok(self.ask_help())
        }
    }

    /// Veilig Thuis goes on: an onderzoek, conditions, or a short follow-up.
    fn keep(&self, may_be_short: bool) -> Ruling {
        let ask = if self.is(Question::Onderzoek)? {
            Ask::next(Function::Onderzoek)
        } else if !may_be_short || self.is(Question::Voorwaarden)? {
            Ask::next(Function::VoorwaardenEnVervolg)
        } else {
            Ask::next(Function::Veiligheidsbeoordeling).kind(Kind::FollowUp)
        };
        Ok(step(ask))
    }

    /// A voorlopige OTS is asked for, or what comes after any melding that Veilig Thuis keeps.
    fn after_crisis(&self, track: Track) -> Ruling {
        let is_in_spoed = self.has_side || matches!(self.main, Some((_, Kind::Spoed)));
        let may_order = self.has_children && self.order.is_none() && !is_in_spoed;
        if may_order && self.is(Question::Spoed)? {
            let petition = Ask::next(Function::ToetsEnVerzoek).kind(Kind::Spoed);
            return Ok(Next::StopWay
                .then(Next::Request { is_spoed: true })
                .then(petition.urgency(Urgency::Crisis)));
        }
        match track {
            Track::Main => self.keep(false),
            Track::Side | Track::Aside => Ok(Following::NOTHING),
        }
    }

    /// Help or drang has failed: drang after the first time, if there is any, else the decision about a measure.
    fn after_failure(&self, function: Function) -> Ruling {
        if function == Function::Drang {
            self.decide()
        } else if self.is_evident()? {
            self.request()
        } else if self.n_failed == 1 && self.is(Question::HasDrang)? {
            Ok(step(Ask::next(Function::Drang)))
        } else {
            self.decide()
        }
    }

    // ---- towards a measure -----------------------------------------------------

    fn is_child_unsafe(&self) -> bool {
        self.has_children && self.severity.is_unsafe()
    }

    fn is_evident(&self) -> Result<bool, Question> {
        Ok(self.is_child_unsafe() && self.is(Question::Evident)?)
    }

    /// Whether a measure is asked for; not to ask is a decision too.
    fn is_requested(&self) -> Result<bool, Question> {
        Ok(self.has_children && self.is(Question::Request)?)
    }

    fn decide(&self) -> Ruling {
        Ok(match self.is_requested()? {
            true => self.request()?,
            false => self.back_to_help(),
        })
    }

    /// A measure is asked for: first at the table, if there is one, then of the Raad.
    fn request(&self) -> Ruling {
        let first = match self.is(Question::HasTable)? {
            true => Function::Jeugdbeschermingstafel,
            false => Function::Beschermingsonderzoek,
        };
        Ok(Next::Request { is_spoed: false }.then(Ask::next(first)))
    }

    fn ask_raad(&self) -> Following {
        step(Ask::next(Function::Beschermingsonderzoek))
    }

    fn ask_help(&self) -> Following {
        step(self.help())
    }

    fn help(&self) -> Ask {
        Ask::next(Function::VrijwilligeHulp).urgency(match self.severity {
            Severity::AcuutOnveilig => Urgency::Urgent,
            _ => Urgency::Regular,
        })
    }

    /// No measure: help goes on, unless it has failed twice already.
    fn back_to_help(&self) -> Following {
        let is_over = self.n_failed >= 2 || !self.severity.is_unsafe();
        let then = match is_over {
            true => Next::Close,
            false => Next::Ask(self.help()),
        };
        Next::GiveUpRequest.then(then)
    }

    // ---- measures --------------------------------------------------------------

    /// The judge has granted what was asked.
    fn order(&self, kind: Kind) -> Following {
        let order = match kind {
            Kind::Spoed => OrderKind::Voorlopig,
            Kind::Gezag => OrderKind::Voogdij,
            _ => OrderKind::Ots,
        };
        let execution = Ask::next(Function::UitvoeringMaatregel).urgent();
        let inquiry = Ask::next(Function::Beschermingsonderzoek).urgent();
        match (self.order, order) {
            (Some(_), _) => Next::Order(order).then(Next::ExecuteAnew),
            // The OTS ended while the inquiry ran.
            (None, OrderKind::Voogdij) => Following::NOTHING,
            (None, OrderKind::Ots) => Next::Order(order).then(execution),
            (None, OrderKind::Voorlopig) => Next::Order(order)
                .then(execution.kind(Kind::Spoed))
                .then(inquiry.track(Track::Side)),
        }
    }

    /// The term of an order is over: it is extended, or it ends. A year of OTS that is extended may go on to a
    /// gezagsbeëindiging.
    fn after_term(&self) -> Ruling {
        let is_extended = match self.order {
            None => return Ok(Following::NOTHING),
            Some(OrderKind::Ots) => self.is(Question::Extended)?,
            Some(OrderKind::Voorlopig | OrderKind::Voogdij) => false,
        };
        if !is_extended {
            return Ok(Next::Lift.into());
        }
        let mut following = Following::NOTHING;
        if self.is_out_of_home {
            let may_end = self.is_out_for_long && !self.is_helped && !self.has_side;
            if self.is(Question::GoesHome)? {
                following = following.then(Next::GoHome);
            } else if may_end && self.is(Question::Gezag)? {
                let inquiry = Ask::next(Function::Beschermingsonderzoek).kind(Kind::Gezag);
                following = following.then(inquiry.track(Track::Side));
            }
        }
        let hearing = Ask::next(Function::Rechter).kind(Kind::Extension);
        Ok(following
            .then(hearing.track(Track::Aside))
            .then(Next::Extend))
    }

    /// The execution has ended with the order.
    fn after_execution(&self) -> Following {
        match self.last_order {
            // The inquiry beside it will say what follows.
            Some(OrderKind::Voorlopig) if self.has_side => Following::NOTHING,
            Some(OrderKind::Voorlopig) => self.back_to_help(),
            Some(OrderKind::Voogdij) => Next::Close.into(),
            _ if self.severity.is_unsafe() && !self.is_fixed_route => {
                step(Ask::next(Function::VrijwilligeHulp))
            }
            _ => step(Ask::next(Function::Nazorg)),
        }
    }

    // ---- beside the way --------------------------------------------------------

    /// An inquiry beside a running measure goes on.
    fn after_side_step(&self, function: Function, kind: Kind) -> Ruling {
        let side = |function| Ask::next(function).kind(kind).track(Track::Side);
        Ok(match function {
            Function::Beschermingsonderzoek => step(side(Function::ToetsEnVerzoek).urgent()),
            Function::ToetsEnVerzoek if self.is(Question::Check)? => step(side(Function::Rechter)),
            Function::Rechter if self.is(Question::Granted)? => self.order(kind),
            _ if self.main.is_none() => self.back_to_help(),
            _ => Following::NOTHING,
        })
    }

    fn after_aside(&self, function: Function) -> Ruling {
        match function {
            Function::Crisis => self.after_crisis(Track::Aside),
            Function::SpecialistischeHulp => Ok(Next::HelpOn.into()),
            Function::Veiligheidsbeoordeling => {
                let following = self.hasten();
                Ok(
                    match self.may_escalate() && self.is(Question::Escalation)? {
                        true => (self.request()?.iter())
                            .fold(following.then(Next::StopWay), Following::then),
                        false => following,
                    },
                )
            }
            _ => Ok(Following::NOTHING),
        }
    }

    /// Whether a vervolgmelding may lead to a request: before any, and while the family is being helped.
    fn may_escalate(&self) -> bool {
        let is_on_the_way = matches!(
            self.main,
            Some((
                Function::VoorwaardenEnVervolg
                    | Function::VrijwilligeHulp
                    | Function::Drang
                    | Function::Nazorg,
                _
            ))
        );
        is_on_the_way && self.is_child_unsafe() && self.order.is_none()
    }
}
