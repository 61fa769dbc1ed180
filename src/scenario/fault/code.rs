//! The codes of all diagnostics: one table, nowhere else.

macro_rules! codes {
    ($($name:ident $code:literal $meaning:literal;)+) => {
        $( #[doc = $meaning] pub(crate) const $name: &str = $code; )+

        /// Every code with its meaning in one line.
        pub const CODES: &[(&str, &str)] = &[$(($code, $meaning),)+];
    };
}

codes! {
    UNREADABLE "S001" "A file cannot be read.";
    TOO_LARGE "S002" "A file is larger than 4 MB.";
    NOT_UTF8 "S003" "A file is not UTF-8 text.";
    SYNTAX "S004" "A line is not valid TOML.";
    NO_LIBRARY "S005" "No folder at or above the scenario holds evidence.toml.";
    EXTENDS_ITSELF "S006" "A file extends itself, directly or by way of others, or more than 16 extend each other.";
    BAD_KEY "S007" "A name has other characters than small letters, digits, - and _.";

    MISSING "S010" "A key that is needed is not there.";
    UNKNOWN_KEY "S011" "A key means nothing here.";
    WRONG_TYPE "S012" "A value is of the wrong kind, such as text where a number belongs.";
    OUT_OF_RANGE "S013" "A number is too small or too large.";
    NO_SUCH_WORD "S014" "A word is not one of those that may stand here.";
    EMPTY "S015" "A text or a list is empty.";
    BAD_DATE "S016" "A date is not one.";
    TWICE "S017" "The same thing is named twice.";
    BAD_QUANTITY "S018" "A quantity is not a number with a unit.";
    WRONG_DIMENSION "S019" "A unit does not measure what is asked for.";

    NO_SUCH_FORM "S020" "There is no form of that name.";
    NO_SUCH_BELIEF "S021" "There is no belief set of that name.";
    NO_SUCH_REGION "S022" "There is no veiligheidsregio of that name or number.";
    BAD_BASELINE "S023" "The baseline is not one of the forms.";
    BAD_PERIOD "S024" "The period cannot be simulated.";
    NO_CHANGE "S025" "A variant changes nothing, or nothing is there to take back.";
    BAD_PATH "S026" "A form comes into force on a day on which it cannot.";
    TEAMS_DIFFER "S027" "Forms that follow each other cannot have one list of teams.";
    NO_SUCH_AREA "S028" "There is no municipality or area of that name.";
    BAD_AREA "S029" "An area is larger than what it lies in, or has no families that can be counted.";

    NO_SUCH_PARAMETER "S030" "The model has no parameter of that name.";
    NO_ENTRY "S031" "A parameter of the model has no entry in evidence.toml.";
    WRONG_UNIT "S032" "An entry is not in the unit of its parameter.";
    BAD_ORDER "S033" "A value does not lie between its low and its high.";
    NO_SPREAD "S034" "A range does not suit the distribution over it.";
    OUTSIDE_RANGE "S035" "A value lies outside the range of its evidence.";
    CONVERTED "S036" "Days were converted to working days, or the other way about.";
    MORE_THAN_ALL "S037" "Shares of the same families add up to more than 1.";
    CLOSED "S038" "The office closes before it has been open for an hour.";
    WITHOUT_EFFECT "S039" "A value changes nothing without another.";

    NO_TASK "S040" "A function of the chain is done by no team.";
    NO_SUCH_TEAM "S041" "The form has no team of that name.";
    WRONG_SCALE "S042" "A function is done on the wrong side of the chain's border.";
    WRONG_MODE "S043" "A function cannot be done in that mode.";
    NOT_NEUTRAL "S044" "The staff of an organisation is not divided exactly once.";
    NOBODY_CAN "S045" "Nobody in a team may do its function.";
    IDLE_TEAM "S046" "A team does nothing.";
    NO_STAFF "S047" "A team inside the chain has no staff.";
    STAFF_OUTSIDE "S048" "A team outside the chain has staff of the chain.";
    TOO_MANY_TEAMS "S049" "A form has more than 32 teams.";

    BAD_CSV "S050" "A row of regions.csv cannot be read.";
    NO_COLUMN "S051" "regions.csv lacks a column.";
    BAD_NUMBER "S052" "A field of regions.csv is not a number that may stand there.";
    BAD_REGIONS "S053" "regions.csv does not hold the regions 1 to 25 once each.";

    NO_SUCH_KPI "S060" "There is no KPI of that name.";

    NO_SUCH_SETTING "S061" "A form has no setting of that name that can vary.";

    TOO_MUCH_MEMORY "S070" "A run needs more memory than is free.";
    TOO_MANY_FAMILIES "S071" "A run has more families or professionals than there are numbers for.";
    TOO_LONG "S072" "A run would take more than a hundred days.";

    NO_SUCH_QUESTION "S080" "Nothing of that name can be asked of a life.";
    BAD_CONDITION "S081" "A condition is not a key, a sign and a value that go together.";
    BAD_TARGET "S082" "A target of service is not a KPI, >= or <=, and a number that it can have.";
    ODD_TARGET "S083" "A target asks for what is worse, or for what is neither better nor worse by itself.";

    NO_SUCH_CRITERION "S090" "A framework has no group or criterion of that name.";
    NOTHING_MEASURED "S091" "A criterion has no KPI by which it is judged.";
    LIES_IN_ITSELF "S092" "A group of criteria lies in itself.";
    NO_SCORE "S093" "A form has no score where others have one.";
    AGAINST_KPI "S094" "A value function makes a worse KPI worth more.";
    BAD_FUNCTION "S095" "Not one value function says what a KPI is worth.";
    NO_WEIGHTS "S096" "No weights satisfy what a profile says of them.";
    NOT_OF_KIND "S097" "A criterion has something that its kind does not have.";
}

#[cfg(test)]
mod tests {
    use super::CODES;

    #[test]
    fn codes_are_unique_and_in_order() {
        assert!(CODES.is_sorted_by(|one, next| one.0 < next.0));
    }
}
