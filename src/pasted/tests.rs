//! Tests of pasted rows, columns and tables.

use super::cells::{MOST, is_year};
use super::*;

#[track_caller]
fn check(text: &str, cells: &[&str], left_out: &[LeftOut]) {
    let pasted = Pasted::read(text);
    assert_eq!((pasted.cells.iter().map(String::as_str).collect::<Vec<_>>(), &pasted.left_out[..]), (cells.to_vec(), left_out), "{text:?}");
}

const YEAR: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Twelve lines of a label and a number, by this divider.
fn two_columns(divider: &str) -> String {
    NAMES.iter().zip(YEAR).map(|(name, calls)| format!("{name} 2027{divider}{calls}00\r\n")).collect()
}

fn hundreds() -> Vec<String> {
    YEAR.iter().map(|calls| format!("{calls}00")).collect()
}

#[track_caller]
fn check_hundreds(text: &str, left_out: &[LeftOut]) {
    check(text, &hundreds().iter().map(String::as_str).collect::<Vec<_>>(), left_out);
}

#[test]
fn reads_rows_and_columns() {
    check("1\t2\t3\n", &["1", "2", "3"], &[]);
    check("1,000\r\n2,000\r\n", &["1,000", "2,000"], &[]);
    check("1,000, 2,000", &["1,000", "2,000"], &[]);
    check("1;;3", &["1", "", "3"], &[]);
    check("1 2  3", &["1", "2", "3"], &[]);
    check("1,2,3", &["1", "2", "3"], &[]);
    check("1,000,2,000,3,000", &["1,000,2,000,3,000"], &[]);
    check("12", &["12"], &[]);
    check("1 000 000", &["1 000 000"], &[]);
    check("1\n\n3", &["1", "", "3"], &[]);
    check(&YEAR.join("\t"), &YEAR, &[]);
}

#[test]
fn reads_quotes_currencies_and_dashes() {
    check("\"1,000\"\t\"2,000\"\t-\t\u{2013}", &["1,000", "2,000", "0", "0"], &[]);
    check("\"1,000\",\"2,000\"", &["1,000", "2,000"], &[]);
    check("\"1,000\"", &["1,000"], &[]);
    check("$1,000\t$2,000.00", &["$1,000", "$2,000.00"], &[]);
}

#[test]
fn leaves_out_headers_and_month_names() {
    check_hundreds(&two_columns("\t"), &[LeftOut::Header]);
    check_hundreds(&two_columns(";"), &[LeftOut::Header]);
    check_hundreds(&two_columns(","), &[LeftOut::Header]);
    check_hundreds(&two_columns(" "), &[LeftOut::Header]);
    check_hundreds(&two_columns(": "), &[LeftOut::Header]);
    check_hundreds(&format!("Month\tCalls\n{}", two_columns("\t")), &[LeftOut::Header]);
    check_hundreds(&format!("{}\n{}", NAMES.join("\t"), hundreds().join("\t")), &[LeftOut::Header]);
    check_hundreds(&format!("\t{}\nCalls\t{}", NAMES.join("\t"), hundreds().join("\t")), &[LeftOut::Header]);
    check_hundreds(&format!("Calls\t{}", hundreds().join("\t")), &[LeftOut::Header]);
    check_hundreds(&format!("Calls\n{}", hundreds().join("\n")), &[LeftOut::Header]);
    let numbered: String = YEAR.iter().map(|month| format!("{month}\t{month}00\n")).collect();
    check_hundreds(&numbered, &[LeftOut::Header]);
    check("01.2027\t100\n02.2027\t200\n", &["100", "200"], &[LeftOut::Header]);
    check("2027-01\t1,000\n2027-02\t-\n", &["1,000", "0"], &[LeftOut::Header]);
    check("Jan,1,000\nFeb,2,000", &["1,000", "2,000"], &[LeftOut::Header]);
    check("Jan\t300", &["300"], &[LeftOut::Header]);
}

#[test]
fn leaves_out_totals() {
    let both = [LeftOut::Header, LeftOut::Total];
    check_hundreds(&format!("{}Total\t7800\n", two_columns("\t")), &both);
    check_hundreds(&format!("Month,Calls\n{}Sum,7800\n", two_columns(",")), &both);
    check_hundreds(&format!("{}\tTotal\n{}\t7800", NAMES.join("\t"), hundreds().join("\t")), &both);
    check_hundreds(&format!("{}\t7800", hundreds().join("\t")), &[LeftOut::Total]);
    check_hundreds(&format!("{}\n7,800\n", hundreds().join("\n")), &[LeftOut::Total]);
    // Thirteen numbers of which the last is no sum are thirteen.
    assert_eq!(Pasted::read(&format!("{}\t7801", hundreds().join("\t"))).cells.len(), 13);
}

#[test]
fn takes_one_column_of_several() {
    let table = "Month\tCost\tCalls\nJan\t5.00\t100\nFeb\t6.00\t200\nMar\t7.00\t300";
    check(table, &["100", "200", "300"], &[LeftOut::Header, LeftOut::Others]);
    let quarters = "1\t2\t3\n4\t5\t6\n7\t8\t9\n10\t11\t12";
    check(quarters, &YEAR, &[]);
    let two_years: String = (1..=12).map(|month| format!("{month}00\t{month}50\n")).collect();
    check_hundreds(&two_years, &[LeftOut::Others]);
}

#[test]
fn keeps_cells_that_are_no_numbers_at_their_months() {
    let row = "100\t200\tx\t1,000\t5\t6\t7.5\t8\t9\t10\t11\t-12";
    check(row, &row.split('\t').collect::<Vec<_>>(), &[]);
    check("x\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12", &["x", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"], &[]);
    check("", &[], &[]);
    check("nothing here", &["nothing", "here"], &[]);
}

#[test]
fn ends_lines_at_every_kind_of_line_end() {
    for end in ["\r", "\n", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
        check_hundreds(&two_columns("\t").replace("\r\n", end), &[LeftOut::Header]);
        check_hundreds(&two_columns(",").replace("\r\n", end), &[LeftOut::Header]);
        check_hundreds(&hundreds().join(end), &[]);
        assert_eq!(parts(&format!("1{end}2{end}3")), ["1", "2", "3"]);
    }
}

#[test]
fn reads_quoted_cells_with_line_breaks() {
    check("\"Jan\n2026\"\t1000\n\"Feb\r\n2026\"\t2000", &["1000", "2000"], &[LeftOut::Header]);
    check("\"Jan\r2026\"\t\"Feb\r2026\"\r1000\t2000", &["1000", "2000"], &[LeftOut::Header]);
    check("\"Jan\n2026\",1000\n\"Feb\n2026\",2000", &["1000", "2000"], &[LeftOut::Header]);
    check("Jan;\"1000\n\"\nFeb;\"\n2000\"", &["1000", "2000"], &[LeftOut::Header]);
    check("\"Calls\n\"\"2026\"\"; all\"\n100\n200", &["100", "200"], &[LeftOut::Header]);
    check("\"\"\"Jan\"\"\"\t100\nFeb\t200", &["100", "200"], &[LeftOut::Header]);
    // Two numbers in one cell are not one number.
    check("\"100\n200\"\t300", &["100; 200", "300"], &[]);
    check("\"100\n200\"\n300", &["100; 200", "300"], &[]);
    // A stray quote joins no cells.
    check("\"Jan\t100\nFeb\"\t200", &["100", "200"], &[LeftOut::Header]);
    check("TV 12\"\t100\nTV 13\"\t200", &["100", "200"], &[LeftOut::Header]);
}

#[test]
fn leaves_out_blank_rows_and_columns() {
    let table = two_columns("\t");
    let both = [LeftOut::Header, LeftOut::Total];
    check_hundreds(&format!("{table}\t\r\n\t\r\n"), &[LeftOut::Header]);
    check_hundreds(&format!("{table}\t\r\nTotal\t7800\r\n"), &both);
    check_hundreds(&format!("{}\n\n7800\n\n", hundreds().join("\n")), &[LeftOut::Total]);
    check_hundreds(&format!("{}\n\nTotal,7800\n", two_columns(",")), &both);
    check_hundreds(&table.replace("\r\n", "\t\r\n"), &[LeftOut::Header]);
    let indented: String = table.lines().map(|line| format!("\t{line}\n")).collect();
    check_hundreds(&indented, &[LeftOut::Header]);
    check_hundreds(
        &format!("\tMonth\t\tCalls\n{}", table.lines().map(|line| format!("\t{}\n", line.replace('\t', "\t\t"))).collect::<String>()),
        &[LeftOut::Header],
    );
    check_hundreds(&format!("Month\tNotes\tUsage\n{}", table.replace('\t', "\t\t")), &[LeftOut::Header]);
    check_hundreds(&format!("Month\tRegion\tUsage\n{}", table.replace('\t', "\tEU\t")), &[LeftOut::Header]);
    check_hundreds(&format!("\t{}", hundreds().join("\t")), &[]);
    check_hundreds(&format!("\t{}\t\t7800\t", hundreds().join("\t")), &[LeftOut::Total]);
    // Empty cells between numbers are months without calls.
    check("100\t\t300\n", &["100", "", "300"], &[]);
    check("\t\t\n100\t\t300\n\t\t\n", &["100", "", "300"], &[]);
    check("100\t\n\t\n300\t\n", &["100", "", "300"], &[]);
    check("Jan\t100\nFeb\t\nMar\t300", &["100", "", "300"], &[LeftOut::Header]);
    check("Jan\t\nFeb\t200\nMar\tx", &["", "200", "x"], &[LeftOut::Header]);
    check("Jan\tx\nFeb\t-\nMar\t3", &["x", "0", "3"], &[LeftOut::Header]);
    check("Jan\tFeb\tMar\n100\t\t300", &["100", "", "300"], &[LeftOut::Header]);
}

#[test]
fn reads_cells_of_accountants() {
    check("$-\t$ -\t- \u{20ac}\t-\u{a3}\t USD - \t5", &["0", "0", "0", "0", "0", "5"], &[]);
    check("Jan\t$-\nFeb\t$5", &["0", "$5"], &[LeftOut::Header]);
    for negative in ["($5)", "(5)", "-5", "5-", "$(5)", "(5.00)"] {
        check(&format!("{negative}\t6\t7"), &[negative, "6", "7"], &[]);
        check(&format!("Jan\t{negative}\nFeb\t6"), &[negative, "6"], &[LeftOut::Header]);
        assert!(matches!(read(negative, MOST), Err(Misread::NotPlain { meant: Some(5) })));
    }
}

#[test]
fn leaves_out_titles() {
    for title in ["Usage 2026", "2026", "Usage: January to December"] {
        check_hundreds(&format!("{title}\t\n{}", two_columns("\t")), &[LeftOut::Header]);
        check_hundreds(&format!("{title}\n\nMonth\tCalls\n{}", two_columns("\t")), &[LeftOut::Header]);
        check_hundreds(&format!("{title}\nMonth,Calls\n{}", two_columns(",")), &[LeftOut::Header]);
        check_hundreds(&format!("{title}\n\t{}\nCalls\t{}", NAMES.join("\t"), hundreds().join("\t")), &[LeftOut::Header]);
    }
    check_hundreds(&format!("Usage 2026\nCalls\n\n{}", hundreds().join("\n")), &[LeftOut::Header]);
    check("Month\t2026\nJan\t100\nFeb\t200", &["100", "200"], &[LeftOut::Header]);
    check("\t2025\t2026\nJan\t100\t1\nFeb\t200\t2", &["100", "200"], &[LeftOut::Header, LeftOut::Others]);
    check("\tJan\tFeb\n2025\t100\t200\n2026\t3\t4", &["100", "200"], &[LeftOut::Header, LeftOut::Others]);
}

#[test]
fn leaves_out_averages() {
    let all = [LeftOut::Header, LeftOut::Total, LeftOut::Average];
    check_hundreds(&format!("{}Total\t7800\nAverage\t650\n", two_columns("\t")), &all);
    check_hundreds(&format!("{}Monthly avg.\t650\n", two_columns("\t")), &[LeftOut::Header, LeftOut::Average]);
    check_hundreds(&format!("{}\tTotal\tAverage\n{}\t7800\t650", NAMES.join("\t"), hundreds().join("\t")), &all);
    check_hundreds(&format!("{}\t7800\t650.00", hundreds().join("\t")), &[LeftOut::Total, LeftOut::Average]);
    // What follows the months and is neither stays, and so has an error.
    assert_eq!(Pasted::read(&format!("{}\t7800\t700", hundreds().join("\t"))).cells.len(), 14);
    assert_eq!(Pasted::read(&format!("{}\t650", hundreds().join("\t"))).cells.len(), 13);
}

#[test]
fn two_years_in_one_column_stay_too_many() {
    let months = [hundreds(), hundreds()].concat();
    check(&months.join("\n"), &months.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
    assert_eq!(Pasted::read(&two_columns("\t").repeat(2)).cells.len(), 24);
}

#[test]
fn never_flattens_columns_beside_months() {
    check("Jan\t1\t5\nFeb\t2\t6\nMar\t3\t7", &["1", "2", "3"], &[LeftOut::Header, LeftOut::Others]);
    check("Month\tCost\tCalls\nJan\t5\t100\nFeb\t6\t200", &["100", "200"], &[LeftOut::Header, LeftOut::Others]);
    check("Month\tTotal calls\nJan\t100\nFeb\t200", &["100", "200"], &[LeftOut::Header]);
    check("Month\tTotal\nJan\t100\nFeb\t200", &["100", "200"], &[LeftOut::Header]);
    check("Month\tUsage\tCost per call\nJan\t100\t4\nFeb\t200\t4", &["100", "200"], &[LeftOut::Header, LeftOut::Others]);
    let numbered: String = (1..=12).map(|month| format!("{month}\t{month}00\t{month}5\n")).collect();
    check_hundreds(&numbered, &[LeftOut::Header, LeftOut::Others]);
    // A label that only starts like a month, and months in another language.
    check("Marketing\t100\nMay\t200", &["100", "200"], &[LeftOut::Header]);
    check("M\u{e4}r\t100\nApr\t200\nMai\t300", &["100", "200", "300"], &[LeftOut::Header]);
}

#[test]
fn divides_lines_only_where_that_is_sure() {
    check("Jan: 1,000\nFeb 2,000", &["1,000", "2,000"], &[LeftOut::Header]);
    check("Jan, 1 000\nFeb: 2 000", &["1 000", "2 000"], &[LeftOut::Header]);
    check("Jan 2027 100\nFeb 2027, 1,000\nMar 2027 $ -\n01.04.2027 $ 5", &["100", "1,000", "0", "$ 5"], &[LeftOut::Header]);
    check("Jan 900\nFeb 27 100", &["900", "Feb 27 100"], &[LeftOut::Header]);
    check("Jan 900\nFeb -1 000", &["900", "Feb -1 000"], &[LeftOut::Header]);
    check("Month,Calls,Cost\nJan,100,500\n\nFeb,200,500", &["100", "200"], &[LeftOut::Header, LeftOut::Others]);
    check("#\tCalls\n1\t100\n2\t200\n3\t300", &["100", "200", "300"], &[LeftOut::Header]);
}

#[test]
fn years_have_four_digits_and_are_of_this_age() {
    for (cell, is) in [("1900", true), ("2199", true), ("1899", false), ("2200", false), ("1000", false), ("02026", false), ("two", false)]
    {
        assert_eq!(is_year(cell), is, "{cell}");
    }
}

#[test]
fn takes_the_first_of_three_years_beside_months() {
    let rows: String = NAMES.iter().zip(hundreds()).map(|(name, calls)| format!("{name}\t{calls}\t1\t2\n")).collect();
    check_hundreds(&rows, &[LeftOut::Header, LeftOut::Others]);
}
