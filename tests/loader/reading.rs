//! Files as they come: too large, nested too deeply, not there, not text; and with marks and
//! line ends of other systems, which are well.

use crate::library;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::library::Library;
use rvtsim::scenario::{Changes, Diagnostic, Diagnostics, Lang};

/// Nothing takes longer than this to refuse, even on a busy machine.
const SOON: Duration = Duration::from_secs(20);

fn refused(library: &Library, name: &str) -> Diagnostics {
    let start = Instant::now();
    let Err(log) = library.load(name, &Changes::default()) else {
        panic!("{name} was loaded")
    };
    assert!(start.elapsed() < SOON, "{name} took {:?}", start.elapsed());
    log
}

/// The only thing said about a file.
fn only(library: &Library, name: &str) -> Diagnostic {
    let log = refused(library, name);
    assert_eq!(log.iter().count(), 1, "{log}");
    log.iter().next().unwrap().clone()
}

/// Compares what is said with tests/bad/NAME.txt, as diagnostic.rs does.
fn is_said(name: &str, library: &Library, said: &Diagnostic) {
    let folder = format!("{}/", library.folder().display());
    let text = said.to_string().replace(&folder, "") + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = path.join("tests/bad").join(format!("{name}.txt"));
    if std::env::var_os("RVTSIM_BLESS").is_some() {
        fs::write(path, text).unwrap();
    } else {
        assert_eq!(fs::read_to_string(path).unwrap_or_default(), text, "{name}");
    }
}

#[test]
fn a_file_that_is_not_there_or_no_file_is_told() {
    let library = Library::new();
    let missing = only(&library, "no_such.toml");
    assert_eq!(missing.code, "S001");
    is_said("made_missing", &library, &missing);
    let folder = only(&library, "forms");
    assert_eq!(folder.code, "S001");
    is_said("made_folder", &library, &folder);
}

#[test]
fn a_file_of_100_mb_is_refused_before_it_is_read() {
    let library = Library::new();
    let file = fs::File::create(library.folder().join("large.toml")).unwrap();
    // A hole: as long as it says, and nothing on the disk.
    file.set_len(100 << 20).unwrap();
    let start = Instant::now();
    let large = only(&library, "large.toml");
    assert!(start.elapsed() < Duration::from_secs(2));
    assert_eq!(large.code, "S002");
    is_said("made_large", &library, &large);
    // The limit itself: 4 MB are read.
    library.write("limit.toml", vec![b'#'; 4 << 20]);
    assert_eq!(only(&library, "limit.toml").code, "S010");
    library.write("above.toml", vec![b'#'; (4 << 20) + 1]);
    assert_eq!(only(&library, "above.toml").code, "S002");
}

#[test]
fn a_file_that_is_not_utf8_is_told_where() {
    let library = Library::new();
    library.write("latin1.toml", b"extends = \"base.toml\"\n# caf\xe9\n");
    let latin1 = only(&library, "latin1.toml");
    let place = latin1.place.clone().unwrap();
    assert_eq!((latin1.code, place.line(), place.column()), ("S003", 2, 6));
    is_said("made_latin1", &library, &latin1);
    // As Windows writes "Unicode": two bytes a letter.
    let wide = "extends = \"base.toml\"\n".encode_utf16();
    let bytes = wide.flat_map(u16::to_le_bytes);
    let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(bytes).collect();
    library.write("utf16.toml", bytes);
    assert_eq!(only(&library, "utf16.toml").code, "S003");
}

#[test]
fn a_scenario_outside_every_library_is_told() {
    let lost = tempfile::tempdir().unwrap();
    let path = lost.path().canonicalize().unwrap().join("x.toml");
    fs::write(&path, "").unwrap();
    let Err(log) = rvtsim::scenario::load(&path, &Changes::default()) else {
        panic!("it was loaded")
    };
    let codes: Vec<_> = log.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["S005"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let library = Library::new();
    library.write("secret.toml", "extends = \"base.toml\"\n");
    let path = library.folder().join("secret.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    // Nothing is hidden from an administrator, for whom the file is as any other.
    match fs::read(&path) {
        Ok(_) => assert!(library.load("secret.toml", &Changes::default()).is_ok()),
        Err(_) => assert_eq!(only(&library, "secret.toml").code, "S001"),
    }
}

#[test]
fn deep_nesting_is_told_once_and_soon() {
    let library = Library::new();
    for (name, text) in [
        ("lists.toml", "seed = ".to_owned() + &"[".repeat(100_000)),
        ("tables.toml", "a = {".to_owned() + &"a = {".repeat(100_000)),
        ("keys.toml", "a.".repeat(100_000) + "a = 1\n"),
        ("headers.toml", format!("[{}a]\n", "a.".repeat(100_000))),
        ("both.toml", ("a.".repeat(70) + "a = {").repeat(70)),
    ] {
        library.write(name, format!("extends = \"base.toml\"\n{text}"));
        let log = refused(&library, name);
        assert!(
            log.errors().count() <= 2,
            "{name}: {}",
            log.errors().count()
        );
        assert!(log.errors().any(|one| one.code == "S004"), "{name}: {log}");
    }
}

#[test]
fn a_file_full_of_mistakes_is_refused_soon() {
    let library = Library::new();
    let lines = |line: &str, n_bytes: usize| line.repeat(n_bytes / line.len());
    let keys = |n_bytes| {
        let keys = (0..n_bytes / 12).map(|number| format!("k{number:06} = 1\n"));
        keys.collect::<String>()
    };
    for (name, text) in [
        ("noise.toml", lines("?!\n", 500 << 10)),
        ("commas.toml", lines("a = 1,5\n", 500 << 10)),
        ("twice.toml", lines("a = 1\n", 500 << 10)),
        ("headers.toml", lines("[a\nb = 1\n", 500 << 10)),
        ("long.toml", "a".repeat(4 << 20)),
        // Many lines below one that breaks a table, and many keys below many such lines.
        (
            "below.toml",
            "[a\n".to_owned() + &lines("b = \n", 500 << 10),
        ),
        ("keys.toml", lines("?!\n", 250 << 10) + &keys(250 << 10)),
        ("gaps.toml", lines("?!\n\n\n#\n\n\n\n\n\n", 500 << 10)),
        ("all_keys.toml", keys(4 << 20)),
        (
            "deep_keys.toml",
            lines("[[a.b]]\nc.d = { e = 1 }\n", 4 << 20),
        ),
        ("quotes.toml", lines("\"\"\"\n", 4 << 20)),
        ("tables.toml", lines("[[a]]\n", 4 << 20)),
    ] {
        library.write(name, text);
        let log = refused(&library, name);
        assert!(log.errors().count() <= 50, "{name}");
        assert!(log.render(true, Lang::Nl).len() < 1 << 20, "{name}");
    }
    let row = "1,x,1,1,1,1,1,1,1,1,1,1,1,1\n";
    library.write(
        "regions.csv",
        library::HEADER.to_owned() + &lines(row, 4_000_000),
    );
    assert!(refused(&library, "base.toml").errors().count() <= 50);
}

/// Windows ends lines with two characters and puts a mark before the text: both are well, and
/// lines and columns are what an editor shows.
#[test]
fn windows_files_are_well_and_their_places_right() {
    let unix = "extends = \"base.toml\"\n# één\n[scenario]\nreplicatons = 3\nlabel = { nl = \"é\", en = 3 }\nseed = 1,5\n";
    let windows = format!("\u{feff}{}", unix.replace('\n', "\r\n"));
    let library = Library::new();
    let said = |text: &str| {
        library.write("x.toml", text);
        let log = refused(&library, "x.toml");
        let told = |one: &Diagnostic| {
            let place = one.place.clone().unwrap();
            (one.code, place.line(), place.column(), one.to_string())
        };
        log.iter().map(told).collect::<Vec<_>>()
    };
    let places: Vec<_> = said(unix).iter().map(|one| (one.0, one.1, one.2)).collect();
    assert_eq!(places, [("S011", 4, 1), ("S012", 5, 26), ("S004", 6, 9)]);
    assert_eq!(said(&windows), said(unix));
    // The first line, right behind the mark.
    let first: Vec<_> = said("\u{feff}extend = \"base.toml\"\r\n");
    assert_eq!((first[0].0, first[0].1, first[0].2), ("S011", 1, 1));
    // Every file of a library may be one of Windows.
    for name in [
        "base.toml",
        "forms/v0.toml",
        "beliefs/neutraal.toml",
        "evidence.toml",
        "regions.csv",
    ] {
        let text = fs::read_to_string(library.folder().join(name)).unwrap();
        library.write(name, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    let scenario = library.load("base.toml", &Changes::default());
    assert!(scenario.is_ok(), "{}", scenario.unwrap_err());
}

#[test]
fn a_municipality_is_told_its_region_by_name() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/vergelijking.toml");
    for (word, meant) in [
        ("Zaanstad", "Zaanstad lies in \"Zaanstreek-Waterland\""),
        (
            "Zaandstad",
            "did you mean Zaanstad? Zaanstad lies in \"Zaanstreek-Waterland\"",
        ),
        ("Den Haag", "\"Haaglanden\""),
        ("Amsterdam", "\"Amsterdam-Amstelland\""),
        (
            "Utrecht (stad)",
            "did you mean \"Utrecht\", the whole region?",
        ),
        (
            "Gelderland",
            "\"Noord- en Oost-Gelderland\", \"Gelderland-Midden\", \"Gelderland-Zuid\"",
        ),
        ("Friesland", "\"Fryslân\""),
        ("Rotterdam Rijmond", "did you mean \"Rotterdam-Rijnmond\"?"),
    ] {
        let changes = Changes {
            regions: Some(vec![word.to_owned()]),
            ..Changes::default()
        };
        let Err(log) = rvtsim::scenario::load(&shipped, &changes) else {
            panic!("{word} is a region")
        };
        let help = log.errors().next().unwrap().help.clone().unwrap();
        let help = help.text(Lang::En);
        assert!(help.contains(meant), "{word}: {help}");
    }
}

#[test]
fn many_files_that_extend_each_other_are_no_circle() {
    let library = Library::new();
    library.write("f0.toml", "extends = \"base.toml\"\n");
    for number in 1..=15 {
        let text = format!("extends = \"f{}.toml\"\n", number - 1);
        library.write(&format!("f{number}.toml"), text);
    }
    // With base.toml these are 16.
    assert!(library.load("f14.toml", &Changes::default()).is_ok());
    let told = only(&library, "f15.toml");
    assert_eq!(told.code, "S006");
    assert!(told.to_string().contains("more than 16 files"), "{told}");
}

#[test]
fn a_path_with_signs_that_a_backslash_made_is_told() {
    let library = Library::new();
    library.write("tab.toml", "extends = \"..\\test\\base.toml\"\n");
    let told = only(&library, "tab.toml");
    assert_eq!(told.code, "S001");
    assert!(told.to_string().contains("single quotes"));
}
