//! Colours that stand for something through all figures of a run.

/// Inks of teams, on which white can be read; none of them like that of a handover.
const TEAMS: [&str; 12] = [
    "#0b4a86", "#00785a", "#8a3a6a", "#5b5bb0", "#6b5b00", "#2f7386", "#6e6e6e", "#2d2d2d",
    "#b0408f", "#4d7c0f", "#8c1d40", "#3d5a80",
];

/// The ink of a team of that number.
pub fn team_ink(number: usize) -> &'static str {
    TEAMS[number % TEAMS.len()]
}
