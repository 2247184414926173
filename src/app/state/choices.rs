//! The choices of the form between ways to enter the same thing.

/// The way of entering the volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VolumeInput {
    /// Calls per year.
    #[default]
    Year,
    /// Calls per month, twelve of them.
    Month,
    /// Calls per day, 365 of them.
    Day,
    /// A budget per year: the most calls that it buys.
    Budget,
}

impl VolumeInput {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Year, Self::Month, Self::Day, Self::Budget];

    /// How many times a year has the entered number: 12 months, 365 days, one budget.
    pub fn times_a_year(self) -> u64 {
        match self {
            Self::Year | Self::Budget => 1,
            Self::Month => 12,
            Self::Day => 365,
        }
    }
}

/// The spread of the calls over the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// The same every month.
    #[default]
    Even,
    /// Growing month by month.
    Growing,
    /// A peak at the year's end.
    Seasonal,
    /// A share of the year in some months.
    Peaks,
    /// Twelve numbers.
    Monthly,
}

impl Shape {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Even, Self::Growing, Self::Seasonal, Self::Peaks, Self::Monthly];
}

/// The way of entering the slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SlotsKnown {
    /// Not at all.
    #[default]
    No,
    /// As a number for every month, or twelve.
    Directly,
    /// Sized from queued work.
    Queued,
    /// Sized from live traffic.
    Live,
}

impl SlotsKnown {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::No, Self::Directly, Self::Queued, Self::Live];
}

/// The way of entering the busiest hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BusyHourAs {
    /// In calls.
    #[default]
    Calls,
    /// As a share of the month's calls.
    Share,
}

impl BusyHourAs {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Calls, Self::Share];
}
