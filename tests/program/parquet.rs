//! The results of a sweep as Parquet are those of results.csv, and without the feature that is said.

use crate::desk::Desk;

/// Few points; a term that no run so short can hold.
const SWEEP: &str = r#"
    [sweep]
    design = "sobol"
    points = 9
    factors = ["staff.turnover"]
    kpis = ["handovers_per_case", "load_percent", "term_onderzoek_percent"]
"#;

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_without_parquet_says_how_to_build_one_that_has_it() {
    let desk = Desk::sweeping(SWEEP);
    let (code, told) = desk.types("sweep scenarios/proef.toml --parquet");
    assert_eq!(code, 2, "{told}");
    assert!(
        told.contains("cargo build --release --features parquet"),
        "{told}"
    );
    assert!(!desk.at("results").exists(), "it has begun all the same");
}

#[cfg(feature = "parquet")]
mod with_the_feature {
    use std::fs::{self, File};
    use std::process::Command;

    use parquet::basic::{Encoding, LogicalType};
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::{Field, Row};
    use sha2::{Digest, Sha256};

    use super::{Desk, SWEEP};

    const NAMES: [&str; 5] = ["point", "form", "replication", "kpi", "value"];

    fn swept() -> Desk {
        let desk = Desk::sweeping(SWEEP);
        let (code, told) = desk.types("sweep scenarios/proef.toml --parquet");
        assert_eq!(code, 0, "{told}");
        desk
    }

    /// A row as it would stand in results.csv, its number as what the text says.
    fn cells(row: &Row) -> Vec<Field> {
        row.get_column_iter()
            .map(|(_, cell)| cell.clone())
            .collect()
    }

    fn typed(line: &str) -> Vec<Field> {
        let cells: Vec<&str> = line.split(',').collect();
        let whole = |text: &str| Field::Long(text.parse().unwrap());
        let word = |text: &str| Field::Str(text.to_owned());
        let value = match cells[4] {
            "" => Field::Null,
            text => Field::Double(text.parse().unwrap()),
        };
        vec![
            whole(cells[0]),
            word(cells[1]),
            whole(cells[2]),
            word(cells[3]),
            value,
        ]
    }

    #[test]
    fn it_has_the_rows_of_the_table_with_types_and_the_package_describes_it() {
        let desk = swept();
        let folder = desk.at("results/proef");
        let path = folder.join("results.parquet");
        let reader = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
        let table = fs::read_to_string(folder.join("results.csv")).unwrap();
        let expected: Vec<Vec<Field>> = table.lines().skip(1).map(typed).collect();
        let rows = reader.get_row_iter(None).unwrap();
        let found: Vec<Vec<Field>> = rows.map(|row| cells(&row.unwrap())).collect();
        assert!(found == expected, "rows differ");
        assert!(
            expected.iter().any(|row| row[4] == Field::Null),
            "no value is missing, so nothing is shown of it"
        );
        // Words are text, and each stands there once.
        let group = reader.metadata().row_group(0);
        for (number, column) in group.columns().iter().enumerate() {
            assert_eq!(column.column_descr().name(), NAMES[number]);
            let is_word = column.column_descr().logical_type_ref() == Some(&LogicalType::String);
            assert_eq!(is_word, number == 1 || number == 3);
            assert!(
                column
                    .encodings()
                    .any(|one| one == Encoding::RLE_DICTIONARY)
            );
        }
        let package = fs::read_to_string(folder.join("datapackage.json")).unwrap();
        let package: serde_json::Value = serde_json::from_str(&package).unwrap();
        assert_eq!(package["profile"], "data-package");
        let mut resources = package["resources"].as_array().unwrap().iter();
        let resource = resources
            .find(|one| one["path"] == "results.parquet")
            .expect("it is described");
        let bytes = fs::read(&path).unwrap();
        assert_eq!(resource["bytes"], bytes.len());
        assert_eq!(
            resource["hash"],
            format!("sha256:{:x}", Sha256::digest(&bytes))
        );
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields
            .iter()
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, NAMES);
    }

    #[test]
    fn chunks_come_to_the_same_bytes_and_a_merged_sweep_is_not_merged_again() {
        let whole = swept().results();
        let desk = Desk::sweeping(SWEEP);
        for chunk in ["3/4", "1/2", "2/2"] {
            let (code, told) = desk.types(&format!(
                "sweep run scenarios/proef.toml --parquet --threads 2 --chunk {chunk}"
            ));
            assert_eq!(code, 0, "{told}");
            let says_how = told.contains("sweep merge scenarios/proef.toml --parquet");
            assert_eq!(says_how, chunk == "2/2", "{told}");
        }
        let (code, told) = desk.types("sweep merge scenarios/proef.toml --parquet");
        assert_eq!(code, 0, "{told}");
        assert!(desk.results() == whole);
        let parquet = desk.at("results/proef/results.parquet");
        fs::remove_file(parquet).unwrap();
        let (code, told) = desk.types("sweep merge scenarios/proef.toml --parquet");
        assert_eq!(code, 2, "{told}");
        assert!(told.contains("merged before, without --parquet"), "{told}");
    }

    #[test]
    #[ignore = "needs python3 with pandas and pyarrow: run by .ci/run"]
    fn python_reads_the_same_from_both_files() {
        let desk = swept();
        let script = "import pandas, sys\n\
                      table = pandas.read_csv('results/proef/results.csv')\n\
                      typed = pandas.read_parquet('results/proef/results.parquet')\n\
                      assert typed.dtypes['value'] == 'float64', typed.dtypes\n\
                      assert typed.dtypes['point'] == 'int64', typed.dtypes\n\
                      assert typed['value'].isna().any() and len(typed) == 108, typed\n\
                      pandas.testing.assert_frame_equal(table, typed, check_exact=True)\n";
        let output = Command::new("python3")
            .args(["-c", script])
            .current_dir(desk.at("."))
            .output()
            .unwrap_or_else(|error| panic!("python3: {error}"));
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{told}");
    }
}
