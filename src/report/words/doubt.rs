//! How not to read the counts of the proeftuin monitor, as sentences.

use crate::experiment::MonitorDoubt;
use crate::report::Lang;

/// The name of a doubt in a manifest.
pub(crate) fn code(doubt: MonitorDoubt) -> &'static str {
    match doubt {
        MonitorDoubt::NoReduction => "monitor_no_reduction",
        MonitorDoubt::NoControlGroup => "monitor_no_control_group",
        MonitorDoubt::UnknownMix => "monitor_unknown_mix",
        MonitorDoubt::UnknownStart => "monitor_unknown_start",
        MonitorDoubt::Consult => "monitor_consult",
        MonitorDoubt::Kinds => "monitor_kinds",
        MonitorDoubt::Narrow => "monitor_narrow",
        MonitorDoubt::NotFitted => "monitor_not_fitted",
    }
}

/// What a doubt tells a reader.
pub(crate) fn sentence(doubt: MonitorDoubt, lang: Lang) -> &'static str {
    match doubt {
        MonitorDoubt::NoReduction => lang.pick(
            "Een klein percentage is geen effect. \"95 % heeft geen gedwongen maatregel nodig\" is het deel zonder maatregel tot de peildatum, geen daling van 95 %. Gezinnen stromen de hele periode in en zijn gemiddeld maar enkele maanden gevolgd (dagen gevolgd in de tabel); de kolom met dezelfde gezinnen tot een latere dag laat zien wat daarna nog komt.",
            "A small percentage is no effect. \"95 % need no forced measure\" is the share without one up to the date, not a fall of 95 %. Families come in through the whole period and are followed for a few months on average (days followed in the table); the column with the same families up to a later day shows what comes after.",
        ),
        MonitorDoubt::NoControlGroup => lang.pick(
            "De monitor had geen vergelijkingsgroep en deze tabel is er geen. Hij laat zien wat de telregel zelf geeft, niet of de proeftuinen werken. Een = betekent niet dat de proeftuinen geen effect hebben, een > niet dat ze er een hebben.",
            "The monitor had no group to compare with, and this table is none. It shows what the counting rule itself gives, not whether the proeftuinen work. An = does not mean that the proeftuinen have no effect, a > not that they have one.",
        ),
        MonitorDoubt::UnknownMix => lang.pick(
            "Welke gezinnen in de proeftuinen zaten is onbekend: in sommige ernstig en structureel geweld, in andere van alles. Lees de spreiding over de rijen, nooit één rij.",
            "Which families were in the proeftuinen is not known: in some severe and structural violence, in others everything. Read the range over the rows, never one row.",
        ),
        MonitorDoubt::UnknownStart => lang.pick(
            "Wanneer steun begon is onbekend. \"Hulp of drang begonnen\" mist maatregelen die vóór de hulp vallen, zoals een spoedmaatregel; \"zaak geopend\" telt ook gezinnen die alleen zijn beoordeeld. Van gezinnen die al hulp hadden tellen alleen maatregelen vanaf de eerste dag.",
            "When support began is not known. \"Help or drang begun\" misses measures before the help, such as one in an emergency; \"case opened\" also counts families who were only assessed. Of families who already had help only measures from the first day on count.",
        ),
        MonitorDoubt::Consult => lang.pick(
            "De monitor telde ook gezinnen over wie alleen advies is gevraagd; hoeveel is onbekend. Hier staat daarvoor een aandeel gezinnen met lichte zorgen die bij het lokaal team in vrijwillige hulp blijven: een aanname, die lager uitkomt dan advies over zware gezinnen.",
            "The monitor also counted families about whom only advice was asked; how many is not known. Here a share of families with light concerns that stay in voluntary help at the lokaal team stands for them: an assumption, which comes out lower than advice about severe cases would.",
        ),
        MonitorDoubt::Kinds => lang.pick(
            "Maatregelen zijn geteld, geen gezinnen: een gezin kan er meer hebben, en een OTS na een voorlopige OTS telt twee keer. Reclassering van een gezinslid bestaat niet in het model; vergelijk met de telling zonder reclassering. De eerste peildatum is niet uitgesplitst.",
            "Measures are counted, not families: a family may have several, and an OTS after a voorlopige OTS counts twice. Reclassering of a family member is not in the model; compare with the count without it. The first date is not told apart by kind.",
        ),
        MonitorDoubt::Narrow => lang.pick(
            "De intervallen zijn smaller dan de twijfel. Dat van de telling neemt gezinnen als onafhankelijk, terwijl proeftuinen sterk verschilden; dat van de simulatie omvat alleen toeval, niet de aannames.",
            "The intervals are narrower than the doubt. That of the count takes families for independent, although proeftuinen differed strongly; that of the simulation covers chance only, not the assumptions.",
        ),
        MonitorDoubt::NotFitted => lang.pick(
            "Niets in het model is aan deze telling aangepast. De huisverboden en de drempels voor een maatregel zijn grotendeels aannamen (graad D).",
            "Nothing in the model was fitted to this count. Huisverboden and the thresholds for a measure are largely assumptions (grade D).",
        ),
    }
}
