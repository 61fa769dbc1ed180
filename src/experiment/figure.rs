//! What a run has shown, and a sweep.

/// Values of the KPIs, by their row in [`KPIS`](crate::model::KPIS).
type Kpis = Vec<Option<f64>>;

/// What a run has shown of some forms, as it stands in its folder.
#[derive(Clone, PartialEq, Debug)]
pub struct Figures {
    /// Keys of the forms.
    pub forms: Vec<String>,
    /// The number of the form with which the others are compared.
    pub baseline: usize,
    /// All regions together, by form and replication.
    pub together: Vec<Vec<Kpis>>,
    /// The regions, by form, replication and region; none if there is only one.
    pub by_region: Vec<Vec<Vec<Kpis>>>,
}

impl Figures {
    /// The number of replications.
    pub fn n_replications(&self) -> usize {
        self.together.first().map_or(0, Vec::len)
    }

    /// The number of the regions.
    pub fn n_regions(&self) -> usize {
        let first = self.by_region.first().and_then(|form| form.first());
        first.map_or(0, Vec::len)
    }
}

/// What a sweep has shown of the same forms.
#[derive(Clone, PartialEq, Debug)]
pub struct SweepFigures {
    /// Keys of the parameters that were varied.
    pub parameters: Vec<String>,
    /// Every point.
    pub points: Vec<SweepPoint>,
}

/// One point of a sweep.
#[derive(Clone, PartialEq, Debug)]
pub struct SweepPoint {
    /// Values of the parameters.
    pub factors: Vec<f64>,
    /// All regions together, by form, in the order of the run's, and replication.
    pub together: Vec<Vec<Kpis>>,
}
