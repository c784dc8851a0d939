//! QR codes on scanned pages: PNG and JPEG pictures, and the JPEG pictures that a PDF of a scanner is made of.
//!
//! Nothing is drawn and nothing unpacked but pictures whose size was looked at before: a page is bounded by
//! [`PIXELS`], a file by [`ALL_PIXELS`] and [`PAGES`]. A PDF is not understood, only searched for the pictures
//! that stand in it as they left the scanner: compressed objects, fonts and encryption are no concern of ours.
use rqrr::PreparedImage;
use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

/// Most pages of one file.
pub const PAGES: usize = 100;
/// Most pixels of one page: a sheet of A4 at 600 dots an inch has 35 million.
pub const PIXELS: usize = 40_000_000;
/// Most pixels of one file: a hundred sheets at 200 dots an inch have 390 million.
pub const ALL_PIXELS: usize = 600_000_000;
/// Codes are looked for in no more pixels than these along the longer side: a printed code has enough of them.
const SIDE: usize = 2_400;

/// One page, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// What its codes say; nothing where none was read.
    Read(Vec<String>),
    /// No picture that can be taken apart, or a larger one than we take.
    Unreadable,
}

/// Why a file gives no pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Neither PNG nor JPEG nor PDF.
    Unknown,
    /// A PDF without JPEG pictures: typed text, or black and white fax pictures.
    NoPictures,
    /// More than [`PAGES`], or more than [`ALL_PIXELS`].
    TooMuch,
}

/// What stands in the codes of each page.
///
/// # Errors
/// A [`Trouble`] of the file as a whole.
pub fn read(bytes: &[u8]) -> Result<Vec<Page>, Trouble> {
    let pictures: Vec<&[u8]> = if bytes.starts_with(b"%PDF") {
        let found = within_pdf(bytes);
        if found.is_empty() {
            return Err(Trouble::NoPictures);
        }
        found
    } else if bytes.starts_with(PNG) || bytes.starts_with(JPEG) {
        vec![bytes]
    } else {
        return Err(Trouble::Unknown);
    };
    if pictures.len() > PAGES {
        return Err(Trouble::TooMuch);
    }
    let mut left = ALL_PIXELS;
    let mut pages = Vec::with_capacity(pictures.len());
    for picture in pictures {
        let grey = if picture.starts_with(PNG) { png(picture, left)? } else { jpeg(picture, left)? };
        left -= grey.as_ref().map_or(0, |grey| grey.pixels.len());
        pages.push(grey.map_or(Page::Unreadable, |grey| Page::Read(codes(&grey))));
    }
    Ok(pages)
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8\xff";

/// A page as shades: one byte a pixel, 0 is black.
struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

/// How large a picture is: none for one that we do not take.
///
/// # Errors
/// [`Trouble::TooMuch`] when it is larger than what the file may still have.
fn area(width: usize, height: usize, left: usize) -> Result<Option<usize>, Trouble> {
    match width.checked_mul(height).filter(|area| (1..=PIXELS).contains(area)) {
        Some(area) if area > left => Err(Trouble::TooMuch),
        fits => Ok(fits),
    }
}

fn jpeg(bytes: &[u8], left: usize) -> Result<Option<Grey>, Trouble> {
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    if decoder.decode_headers().is_err() {
        return Ok(None);
    }
    let Some((width, height)) = decoder.dimensions() else { return Ok(None) };
    let Some(area) = area(width, height, left)? else { return Ok(None) };
    // A scanner's JPEG may be cut off at its end; what is torn otherwise may shake the decoder.
    let decoded = catch_unwind(AssertUnwindSafe(|| decoder.decode().ok())).ok().flatten();
    Ok(decoded.filter(|pixels| pixels.len() == area).map(|pixels| Grey { width, height, pixels }))
}

fn png(bytes: &[u8], left: usize) -> Result<Option<Grey>, Trouble> {
    let limits = png::Limits { bytes: 4 * PIXELS };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let Ok(mut reader) = decoder.read_info() else { return Ok(None) };
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    let Some(area) = area(width, height, left)? else { return Ok(None) };
    let Some(size) = reader.output_buffer_size().filter(|size| *size <= 4 * PIXELS) else { return Ok(None) };
    let mut buffer = vec![0; size];
    if reader.next_frame(&mut buffer).is_err() {
        return Ok(None);
    }
    let (colour, _) = reader.output_color_type();
    let samples = colour.samples();
    let pixels: Vec<u8> = buffer.chunks_exact(samples).map(|pixel| shade(colour, pixel)).collect();
    Ok((pixels.len() == area).then_some(Grey { width, height, pixels }))
}

/// How light a pixel is on white paper.
fn shade(colour: png::ColorType, pixel: &[u8]) -> u8 {
    let light = match (colour, pixel) {
        (png::ColorType::Rgb | png::ColorType::Rgba, [r, g, b, ..]) => {
            (u32::from(*r) * 299 + u32::from(*g) * 587 + u32::from(*b) * 114) / 1_000
        }
        (_, [first, ..]) => u32::from(*first),
        (_, []) => 255,
    };
    let covered = match (colour, pixel) {
        (png::ColorType::GrayscaleAlpha, [_, alpha]) | (png::ColorType::Rgba, [_, _, _, alpha]) => u32::from(*alpha),
        _ => 255,
    };
    u8::try_from((light * covered + 255 * (255 - covered)) / 255).unwrap_or(u8::MAX)
}

/// The JPEG pictures that stand in a PDF as they are, in the order of the file: that of a scanner's pages.
fn within_pdf(bytes: &[u8]) -> Vec<&[u8]> {
    const BEGIN: &[u8] = b"stream";
    const END: &[u8] = b"endstream";
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some(at) = position(rest, BEGIN) {
        let inside = rest.get(at + BEGIN.len()..).unwrap_or_default();
        let inside = inside.strip_prefix(b"\r").unwrap_or(inside);
        let inside = inside.strip_prefix(b"\n").unwrap_or(inside);
        rest = inside;
        if inside.starts_with(JPEG) {
            let length = position(inside, END).unwrap_or(inside.len());
            found.push(inside.get(..length).unwrap_or_default());
            rest = inside.get(length + END.len()..).unwrap_or_default();
            if found.len() > PAGES {
                break;
            }
        }
    }
    found
}

fn position(within: &[u8], what: &[u8]) -> Option<usize> {
    within.windows(what.len()).position(|some| some == what)
}

/// What the codes of a page say, each once. A page that says nothing is looked at once more in full.
fn codes(grey: &Grey) -> Vec<String> {
    let coarse = grey.width.max(grey.height).div_ceil(SIDE).max(1);
    let found = codes_at(grey, coarse);
    if found.is_empty() && coarse > 1 { codes_at(grey, coarse - 1) } else { found }
}

/// The same with every so many pixels along a side taken as one.
fn codes_at(grey: &Grey, step: usize) -> Vec<String> {
    let (width, height) = (grey.width / step, grey.height / step);
    if width == 0 || height == 0 {
        return Vec::new();
    }
    let shade = |x: usize, y: usize| {
        let rows = (0..step).filter_map(|row| {
            let first = (y * step + row) * grey.width + x * step;
            grey.pixels.get(first..first + step)
        });
        let (sum, count) =
            rows.flatten().fold((0_usize, 0_usize), |(sum, count), p| (sum + usize::from(*p), count + 1));
        u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX)
    };
    // What is on the paper is anybody's: a shape that shakes the search is a page without a code.
    let looked = catch_unwind(AssertUnwindSafe(|| {
        let mut picture = PreparedImage::prepare_from_greyscale(width, height, shade);
        let grids = picture.detect_grids();
        grids.iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect::<Vec<String>>()
    }));
    let mut texts = looked.unwrap_or_default();
    texts.sort_unstable();
    texts.dedup();
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use qrcode::{Color, QrCode};

    const TEXT: &str = "sozvezdie:consent:1017";

    /// A sheet with a code in its corner, as a PNG of these shades.
    fn sheet(text: &str, dot: usize, colour: png::ColorType) -> Vec<u8> {
        let code = QrCode::new(text).unwrap();
        let (side, width, height) = (code.width(), 40 * dot + 200, 50 * dot + 300);
        let mut shades = vec![245_u8; width * height];
        for (at, module) in code.to_colors().into_iter().enumerate() {
            let (x, y) = (100 + at % side * dot, 80 + at / side * dot);
            for row in y..y + dot {
                shades[row * width + x..row * width + x + dot].fill(if module == Color::Dark { 30 } else { 250 });
            }
        }
        let pixels = match colour {
            png::ColorType::Rgb => shades.iter().flat_map(|s| [*s, *s, *s]).collect(),
            png::ColorType::GrayscaleAlpha => shades.iter().flat_map(|s| [0, 255 - *s]).collect(),
            _ => shades,
        };
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, u32::try_from(width).unwrap(), u32::try_from(height).unwrap());
        encoder.set_color(colour);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        bytes
    }

    /// Two printed forms as a scanner gives them: grey, a little askew, with noise.
    const SCAN: &[u8] = include_bytes!("../tests/scans/form.jpg");

    #[test]
    fn pictures_of_every_colour_are_read() {
        for (dot, colour) in [
            (4, png::ColorType::Grayscale),
            (6, png::ColorType::Rgb),
            (70, png::ColorType::Grayscale),
            (5, png::ColorType::GrayscaleAlpha),
        ] {
            assert_eq!(read(&sheet(TEXT, dot, colour)), Ok(vec![Page::Read(vec![TEXT.into()])]), "{dot} {colour:?}");
        }
    }

    #[test]
    fn a_scanned_form_is_read_alone_and_within_a_pdf() {
        let alone = read(SCAN).unwrap();
        let [Page::Read(texts)] = alone.as_slice() else { panic!("{alone:?}") };
        assert!(texts[0].contains("consent"), "{texts:?}");
        let mut pdf = b"%PDF-1.4\n".to_vec();
        for _ in 0..2 {
            pdf.extend(
                format!("1 0 obj << /Subtype /Image /Filter /DCTDecode /Length {} >> stream\r\n", SCAN.len()).bytes(),
            );
            pdf.extend(SCAN);
            pdf.extend(b"\nendstream endobj\n2 0 obj << /Length 4 >> stream\nq Q \nendstream endobj\n");
        }
        assert_eq!(read(&pdf).unwrap(), [alone[0].clone(), alone[0].clone()]);
        // Cut off in the middle of a page: the page before is still read.
        let cut = &pdf[..SCAN.len() + SCAN.len() / 2];
        assert_eq!(read(cut).unwrap()[0], alone[0]);
    }

    #[test]
    fn what_is_no_scan_is_told_apart() {
        assert_eq!(read(b"PK\x03\x04"), Err(Trouble::Unknown));
        assert_eq!(read(b""), Err(Trouble::Unknown));
        assert_eq!(read(b"%PDF-1.7 no pictures"), Err(Trouble::NoPictures));
        assert_eq!(read(JPEG), Ok(vec![Page::Unreadable]));
        assert_eq!(read(PNG), Ok(vec![Page::Unreadable]));
        assert_eq!(read(&sheet("", 3, png::ColorType::Grayscale)[..200]), Ok(vec![Page::Unreadable]));
        let mut many = b"%PDF".to_vec();
        many.extend(b"stream\n\xff\xd8\xff endstream ".repeat(PAGES + 1));
        assert_eq!(read(&many), Err(Trouble::TooMuch));
    }

    #[test]
    fn a_picture_that_declares_more_than_we_take_is_not_unpacked() {
        let mut bytes = sheet(TEXT, 3, png::ColorType::Grayscale);
        // Width and height stand in the first block, with a sum after them.
        bytes[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        let sum = crc(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(read(&bytes), Ok(vec![Page::Unreadable]));
        assert_eq!(area(5_000, 8_000, 1_000), Err(Trouble::TooMuch), "all that the file may have is used up");
        assert_eq!(area(usize::MAX, 2, ALL_PIXELS), Ok(None));
    }

    fn crc(bytes: &[u8]) -> u32 {
        let step = |crc: u32, _: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
        !bytes.iter().fold(!0_u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]
        #[test]
        fn torn_scans_shake_nothing(cut in 0..SCAN.len(), at in 0..SCAN.len(), byte in any::<u8>()) {
            let mut torn = SCAN[..cut].to_vec();
            if let Some(place) = torn.get_mut(at) {
                *place = byte;
            }
            let _ = read(&torn);
            let _ = read(&[b"%PDF stream\n", torn.as_slice()].concat());
        }
    }
}
