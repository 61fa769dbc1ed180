//! Figures as PNG: drawn from their SVG, with a font of our own and on no screen, so that the same
//! figure is the same bytes on any machine.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

/// Pixels of a PNG for one of the figure, in each direction: sharp on paper and on dense screens.
const SCALE: f32 = 2.0;
/// The font, as wide as the Arial that the figures ask for; its licence stands beside it.
const FONTS: [&[u8]; 2] = [
    include_bytes!("../font/Arimo-Regular.ttf"),
    include_bytes!("../font/Arimo-Bold.ttf"),
];
const FAMILY: &str = "Arimo";

static OPTIONS: LazyLock<Options> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for font in FONTS {
        fonts.load_font_data(font.to_vec());
    }
    // The last family that a figure asks for, and the only one that is there.
    fonts.set_sans_serif_family(FAMILY);
    Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    }
});

/// The figure in an SVG file of ours as a PNG file, with its title and its words in it.
pub(crate) fn png(svg: &str, title: &str, words: &str) -> Vec<u8> {
    let tree = Tree::from_str(svg, &OPTIONS).expect("what we have drawn can be read");
    let side = |pixels: f32| (pixels * SCALE).ceil() as u32;
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    let mut sheet = Pixmap::new(width, height).expect("a figure has a size");
    sheet.fill(Color::WHITE);
    let scale = Transform::from_scale(SCALE, SCALE);
    resvg::render(&tree, scale, &mut sheet.as_mut());
    let (palette, indexes) = with_palette(sheet.data());
    let mut bytes = Vec::new();
    write(
        &mut bytes,
        (width, height),
        palette,
        &indexes,
        [title, words],
    )
    .expect("memory takes what is written");
    bytes
}

/// The most frequent colours, and for every pixel the number of its own or the nearest of them.
/// A byte a pixel is a quarter of the work and of the file; what is rounded are a few shades at
/// the edges of letters.
fn with_palette(pixels: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let colours = || pixels.chunks_exact(4).map(|one| [one[0], one[1], one[2]]);
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    let (mut run, mut length) = ([0; 3], 0);
    for colour in colours() {
        if colour != run {
            *counts.entry(run).or_default() += length;
            (run, length) = (colour, 0);
        }
        length += 1;
    }
    *counts.entry(run).or_default() += length;
    let mut order: Vec<([u8; 3], usize)> = counts.into_iter().collect();
    order.sort_by_key(|&(colour, n)| (Reverse(n), colour));
    let palette: Vec<[u8; 3]> = order.iter().take(1 << 8).map(|one| one.0).collect();
    let numbers: HashMap<[u8; 3], u8> = (order.iter())
        .map(|&(colour, _)| (colour, nearest(&palette, colour)))
        .collect();
    let (mut last, mut number) = (palette[0], 0);
    let indexes = colours().map(|colour| {
        if colour != last {
            (last, number) = (colour, numbers[&colour]);
        }
        number
    });
    (palette.concat(), indexes.collect())
}

fn nearest(palette: &[[u8; 3]], colour: [u8; 3]) -> u8 {
    let distance = |other: &[u8; 3]| -> u32 {
        let pairs = other.iter().zip(colour);
        pairs.map(|(&a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    let numbers = (0..=u8::MAX).zip(palette);
    let nearest = numbers.min_by_key(|(_, other)| distance(other));
    nearest.map_or(0, |(number, _)| number)
}

fn write(
    bytes: &mut Vec<u8>,
    (width, height): (u32, u32),
    palette: Vec<u8>,
    indexes: &[u8],
    [title, words]: [&str; 2],
) -> Result<(), png::EncodingError> {
    let mut encoder = Encoder::new(bytes, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(Filter::Up);
    for (keyword, text) in [("Title", title), ("Description", words)] {
        encoder.add_itxt_chunk(keyword.to_owned(), without_null(text).into_owned())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(indexes)?;
    writer.finish()
}

/// A text in a PNG may hold any letter but the one that ends it.
fn without_null(text: &str) -> Cow<'_, str> {
    match text.contains('\0') {
        true => Cow::Owned(text.replace('\0', "\u{fffd}")),
        false => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::escaped;

    const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20" font-family="Arial, Helvetica, 'Liberation Sans', sans-serif"><rect width="40" height="20" fill="#ffffff"/><text x="2" y="15" font-size="14" fill="#000000">aé≥</text></svg>"##;

    fn read(bytes: &[u8]) -> (u32, u32, Vec<u8>, Vec<String>) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut colours = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut colours).unwrap();
        let info = reader.info();
        let texts = info.utf8_text.iter().map(|one| one.get_text().unwrap());
        (info.width, info.height, colours, texts.collect())
    }

    #[test]
    fn a_figure_is_twice_as_large_with_its_words_and_the_same_each_time() {
        let bytes = png(SVG, "titel", "één \0 woord");
        assert_eq!(bytes, png(SVG, "titel", "één \0 woord"));
        let (width, height, colours, texts) = read(&bytes);
        assert_eq!((width, height), (80, 40));
        assert_eq!(texts, ["titel", "één \u{fffd} woord"]);
        let n_dark = colours.chunks(3).filter(|pixel| pixel[0] < 80).count();
        assert!(n_dark > 40, "{n_dark} dark pixels: is there any text?");
    }

    #[test]
    fn colours_beyond_a_palette_become_the_nearest_and_the_others_stay() {
        // 256 reds of two pixels, and another of a single one.
        let mut pixels: Vec<u8> = (0..=u8::MAX)
            .flat_map(|red| [red, 0, 0, 255].repeat(2))
            .collect();
        pixels.extend([255, 0, 1, 255]);
        let (palette, indexes) = with_palette(&pixels);
        assert_eq!((palette.len(), indexes.len()), (3 * 256, 513));
        let shown = |place: usize| &palette[3 * usize::from(indexes[place])..][..3];
        assert_eq!(shown(0), [0, 0, 0]);
        assert_eq!(shown(511), [255, 0, 0]);
        assert_eq!(shown(512), [255, 0, 0]);
    }

    #[test]
    fn every_letter_of_our_phrases_is_in_the_font() {
        let drawn = |letter: char| {
            let letter = escaped(&letter.to_string());
            png(&SVG.replace("aé≥", &letter), "", "")
        };
        // A letter that the font has not is drawn as one sign, or not at all.
        let missing = drawn('\u{4e00}');
        let letters: std::collections::BTreeSet<char> =
            include_str!("../words/phrase.toml").chars().collect();
        for letter in letters.into_iter().filter(|one| !one.is_whitespace()) {
            assert!(drawn(letter) != missing, "{letter}");
        }
    }
}
