// Every word of the page, in Dutch and in English.
const WORDS = {
  title: ["Rekenmodel jeugd- en gezinsbescherming", "Model of child and family protection"],
  lead: [
    "Verander een aanname en zie wat er met wachttijd, veiligheid en maatregelen gebeurt. Alles wordt op deze computer uitgerekend: deze pagina stuurt niets weg en haalt niets op.",
    "Change an assumption and see what happens to waiting, safety and measures. Everything is computed on this computer: this page sends nothing and fetches nothing."],
  question: ["De vraag", "The question"],
  name: ["Naam van deze vraag", "Name of this question"],
  own: ["Mijn vraag", "My question"],
  regions: ["Regio's", "Regions"],
  all: ["alle", "all"],
  none: ["geen", "none"],
  forms: ["Vormen", "Forms"],
  other_forms: ["Andere vormen", "Other forms"],
  baseline: ["hiermee wordt vergeleken", "what the others are compared with"],
  compare_with: ["Vergelijk met", "Compare with"],
  belief: ["Aannameset", "Belief set"],
  belief_help: [
    "Of mensen zich in een andere vorm ook anders gedragen, is niet gemeten. Neutraal neemt niets aan. Kiest u er meer, dan staan zij naast elkaar.",
    "Whether people behave otherwise in another form has not been measured. Neutral assumes nothing. If you choose several, they stand side by side."],
  own_title: ["Wie doet wat", "Who does what"],
  counts_help: [
    "Wat een gezin in elke vorm meemaakt op vijf vaste routes: hoe vaak het wordt overgedragen / opnieuw moet vertellen / wordt beoordeeld. Dit volgt alleen uit wie wat doet.",
    "What a family goes through in each form on five fixed routes: handed over / telling the story again / assessed. This follows from who does what and nothing else."],
  form: ["Vorm", "Form"],
  routes: ["Wat zijn de routes?", "What are the routes?"],
  r1: ["Melding, veiligheidsbeoordeling, lokaal team.", "Melding, safety assessment, local team."],
  r2: ["Melding, veiligheidsbeoordeling, onderzoek, lokaal team.", "Melding, safety assessment, inquiry, local team."],
  r3: ["Lokaal team, drang, lokaal team.", "Local team, drang, local team."],
  r4: [
    "Lokaal team, drang, jeugdbeschermingstafel, Raad, kinderrechter, ondertoezichtstelling, lokaal team.",
    "Local team, drang, jeugdbeschermingstafel, Raad, kinderrechter, ondertoezichtstelling, local team."],
  r5: [
    "Crisis, voorlopige ondertoezichtstelling, beschermingsonderzoek, ondertoezichtstelling.",
    "Crisis, provisional ondertoezichtstelling, beschermingsonderzoek, ondertoezichtstelling."],
  own_base: ["Een eigen vorm maken, te beginnen met", "Make a form of your own, beginning with"],
  no_own: ["geen eigen vorm", "no form of your own"],
  own_form: ["Eigen vorm", "Own form"],
  own_name: ["Naam van de eigen vorm", "Name of your own form"],
  own_help: [
    "Kies per taak welk team hem doet en hoe. De vorm staat bij de vormen hierboven en rekent mee. Een team dat niets meer doet, gaat op in het team dat zijn werk krijgt.",
    "Choose for each task which team does it and how. The form stands among the forms above and takes part. A team with nothing left to do becomes part of the team that gets its work."],
  task: ["Taak", "Task"],
  team: ["Team", "Team"],
  how: ["Hoe", "How"],
  nobody: ["niemand: valt weg", "nobody: left out"],
  take_over: ["neemt het gezin over", "takes the family over"],
  join: ["komt erbij", "joins"],
  consult: ["geeft raad", "advises"],
  check: ["toetst", "checks"],
  teams: ["Waar de teams werken", "Where the teams work"],
  teams_help: [
    "Een team per gebied heeft minder mensen bij elkaar dan een team voor de regio. Wie in één dossier werkt, hoeft niet opnieuw te vragen wat daar staat. Wie blijft, blijft bij een onveilig gezin als een ander de leiding neemt.",
    "A team for each area has fewer people together than a team for the region. Who works in one file need not ask anew what stands there. Who stays, stays with an unsafe family when another takes the lead."],
  scale: ["Waar", "Where"],
  area: ["in elk gebied een", "one in each area"],
  region: ["een voor de regio", "one for the region"],
  shared_dossier: ["In één dossier", "In one file"],
  stays: ["Blijft bij het gezin", "Stays with the family"],
  people: ["Wie werkt in welk team", "Who works in which team"],
  division: ["Verdeel de mensen van nu", "Divide today's people"],
  by_work: ["naar het werk dat elk team krijgt", "by the work that each team gets"],
  as_assigned: ["zoals de vorm ze verdeelt", "as the form divides them"],
  people_help: [
    "Van elke organisatie van nu: hoeveel procent van de mensen in welk team werkt. Samen is dat 100 %.",
    "Of each of today's organisations: which percentage of its people works in which team. Together that is 100 %."],
  total: ["samen", "together"],
  lokaal_team: ["Lokale teams", "Local teams"],
  veilig_thuis: ["Veilig Thuis", "Veilig Thuis"],
  rvdk: ["Raad voor de Kinderbescherming", "Child Protection Board (RvdK)"],
  gi_jeugdbescherming: ["Jeugdbeschermers (GI)", "Child protection (GI)"],
  gi_jeugdreclassering: ["Jeugdreclassering (GI)", "Youth probation (GI)"],
  traits: ["Afspraken", "Arrangements"],
  traits_help: [
    "Uren en ruimte zijn door niemand gemeten: het zijn aannamen (graad D).",
    "Nobody has measured hours and room: they are assumptions (grade D)."],
  "form.intake": ["Wie het gezin vasthoudt vanaf de melding", "Who holds the family from the melding on"],
  via_triage: ["wie de melding beoordeelt", "who assesses the melding"],
  "form.join_from": ["Vanaf welke onveiligheid een tweede erbij komt", "From which severity on a second joins"],
  veilig: ["elk gezin, ook een veilig", "every family, also a safe one"],
  lichte_zorgen: ["lichte zorgen", "light concerns"],
  structureel_onveilig: ["structureel onveilig", "structurally unsafe"],
  acuut_onveilig: ["acuut onveilig", "acutely unsafe"],
  "form.check": ["Waar de onafhankelijke toets staat", "Where the independent check is placed"],
  extern: ["in een andere organisatie", "in another organisation"],
  intern: ["in dezelfde organisatie, door een ander", "in the same organisation, by another person"],
  "form.local_room": ["Ruimte voor lokale verschillen bij een maatregel (%)", "Room for local differences in a measure (%)"],
  "form.dossier_hours_per_case": ["Uren voor het gedeelde dossier, per stap", "Hours for the shared file, a step"],
  "form.coordination_hours_per_case": ["Uren afstemming, per stap", "Hours of coordination, a step"],
  generalists_help: [
    "Het deel generalisten in teams van mensen uit verschillende organisaties. De anderen doen wat hun eigen organisatie nu doet. Niemand heeft dit gemeten. Een vorm met een ander deel heet in de uitkomst ook zo.",
    "The share of generalists in teams of people from several organisations. The others do what their own organisation does today. Nobody has measured it. A form with another share is called so in the result."],
  until: ["tot", "to"],
  in_parts: ["in delen van regio's", "in parts of regions"],
  no_change: ["er verandert niets", "nothing changes"],
  between: ["vul een getal in van", "give a number from"],
  and: ["tot en met", "to"],
  shares: ["Wie kan alles wat het team doet", "Who can do all that the team does"],
  shares_help: [
    "Het deel generalisten, van 0 tot 100 %. De anderen doen wat hun eigen organisatie nu doet. Niemand heeft dit deel gemeten: het is een aanname (graad D).",
    "The share of generalists, from 0 to 100 %. The others do what their own organisation does today. Nobody has measured it: it is an assumption (grade D)."],
  save_form: ["Vorm opslaan (TOML)", "Save form (TOML)"],
  save_form_help: ["Zet dit bestand in de map forms, of sleep het later weer op deze pagina, samen met uw vraag.",
    "Put this file into the folder forms, or drag it onto this page again later, together with your question."],
  with_and_without: [
    "Zet naast elkaar: met en zonder deze veranderingen",
    "Set side by side: with and without these changes"],
  warm_up: ["Inlopen (jaren)", "Warm-up (years)"],
  measured: ["Meten (jaren)", "Measured (years)"],
  replications: ["Herhalingen", "Replications"],
  workers: ["Rekenaars tegelijk", "Workers at once"],
  short: [
    "Korter inlopen dan zes jaar gaat sneller, maar dan zijn wachtrijen nog niet tot rust gekomen.",
    "A warm-up shorter than six years is faster, but queues have not come to rest by then."],
  assumptions: ["Aannames", "Assumptions"],
  assumptions_help: [
    "Schuif naar meer of minder dan nu. Graad A is gemeten, graad D is een aanname.",
    "Slide to more or less than today. Grade A has been measured, grade D is an assumption."],
  as_now: ["zoals nu", "as today"],
  more: ["meer", "more"],
  less: ["minder", "less"],
  range: ["Bandbreedte", "Range"],
  grade: ["graad", "grade"],
  source: ["Bron", "Source"],
  "demand.first_melding_share": [
    "Zo vraagt u meer of minder meldingen: 10 % meer is 10 % meer gezinnen die voor het eerst worden gemeld.",
    "This asks for more or fewer meldingen: 10 % more is 10 % more families of whom the first melding comes."],
  beyond: ["buiten de bandbreedte", "outside the range"],
  file: ["Bestand", "File"],
  drop: [
    "Sleep een scenario (.toml) of een bewaarde vraag (.zip) op deze pagina, of kies het. Een eigen vorm mag mee.",
    "Drag a scenario (.toml) or a saved question (.zip) onto this page, or choose it. A form of your own may come along."],
  from_file: ["Begint bij het bestand", "Begins with the file"],
  without: ["Zonder dit bestand", "Without this file"],
  save_toml_help: [
    "Horen er eigen vormen of een ander bestand bij, dan is het een zip. Sleep hem later weer op deze pagina, of pak hem uit in de map scenarios.",
    "Where forms of your own or another file belong to it, it is a zip. Drag it onto this page again later, or unpack it in the folder scenarios."],
  save_toml: ["Vraag opslaan", "Save question"],
  wrong: ["Dit kan zo niet worden uitgerekend", "This cannot be run as it is"],
  look: ["Let op", "Please look"],
  line: ["regel", "line"],
  column: ["kolom", "column"],
  write: ["Schrijf", "Write"],
  run: ["Reken uit", "Run"],
  cancel: ["Stop", "Stop"],
  takes: ["Dit duurt ongeveer", "This takes about"],
  passes: ["rekengangen", "passes"],
  busy: ["Bezig:", "Running:"],
  to_go: ["nog ongeveer", "about"],
  to_go_after: ["", "to go"],
  drawing: ["Het verslag wordt gemaakt", "The report is being made"],
  cancelled: ["Gestopt.", "Stopped."],
  done: ["Klaar in", "Done in"],
  failed: ["Het rekenen is mislukt:", "The run failed:"],
  result: ["De uitkomst", "The result"],
  after: ["Tussenstand na herhaling", "So far, after replication"],
  of: ["van", "of"],
  is_of: ["Uitkomst van", "Result of"],
  changed: ["De vraag is sindsdien veranderd.", "The question has changed since."],
  with_changes: ["met de veranderingen", "with the changes"],
  view: ["Toon", "Show"],
  side: ["alles naast elkaar", "all side by side"],
  beside_earlier: ["naast de vorige uitkomst", "beside the earlier result"],
  alone: ["deze uitkomst", "this result"],
  earlier: ["vorige", "earlier"],
  later: ["deze", "this"],
  save_page: ["Verslag opslaan", "Save report"],
  save_book: ["Tabellen voor Excel", "Tables for Excel"],
  save_all: ["Alle bestanden (zip)", "All files (zip)"],
  licences: ["Licentie: MIT. Het werk van anderen in deze pagina", "Licence: MIT. The work of others in this page"],
  second: ["seconde", "second"],
  seconds: ["seconden", "seconds"],
  minute: ["minuut", "minute"],
  minutes: ["minuten", "minutes"],
  loading: ["Het model wordt geladen", "The model is being loaded"],
  needs: [
    "Deze browser kan het model niet laden. Een nieuwere Edge, Chrome, Firefox of Safari kan dat wel.",
    "This browser cannot load the model. A newer Edge, Chrome, Firefox or Safari can."],
};

// Units of the assumptions that can be moved.
const UNITS = {
  share: ["", ""],
  probability: ["", ""],
  fte: ["voltijdsbanen", "full-time jobs"],
  per_year: ["per jaar", "a year"],
  per_1000_inhabitants_per_year: ["per 1000 inwoners per jaar", "per 1000 inhabitants a year"],
};

let language = 0;

export const isDutch = () => language === 0;
export const pair = (key) => ({ nl: WORDS[key][0], en: WORDS[key][1] });
export const isWord = (key) => key in WORDS;
export const word = (key) => WORDS[key][language];
export const unit = (key) => UNITS[key]?.[language] ?? key.replaceAll("_", " ");
export const pick = (choice) => (isDutch() ? choice.nl : choice.en);

export function speak(lang) {
  language = lang === "en" ? 1 : 0;
  document.documentElement.lang = lang;
  document.title = word("title");
  for (const one of document.querySelectorAll("[data-word]")) one.textContent = word(one.dataset.word);
  for (const one of document.querySelectorAll("[data-nl]")) one.textContent = isDutch() ? one.dataset.nl : one.dataset.en;
  for (const one of document.querySelectorAll("[data-language]")) {
    one.setAttribute("aria-pressed", String(one.dataset.language === lang));
  }
}

export function number(value) {
  return value.toLocaleString(isDutch() ? "nl-NL" : "en-GB", { maximumSignificantDigits: 4 });
}

// A day; `pick` chooses the language.
export function date(day, choose) {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString(choose({ nl: "nl-NL", en: "en-GB" }), { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

// A length of time as people say it.
export function time(seconds) {
  const [n, one, more] = seconds < 90
    ? [Math.max(1, Math.round(seconds)), "second", "seconds"]
    : [Math.round(seconds / 60), "minute", "minutes"];
  return `${n} ${word(n === 1 ? one : more)}`;
}
