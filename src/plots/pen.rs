//! plotters' way onto the sheet: a drawing backend.
//!
//! It knows what panels let plotters draw: paths, filled rectangles and polygons, and text.
//! plotters draws in whole numbers; the pen therefore works in eighths of a pixel, so that slow
//! curves do not become stairs.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle, FontTransform,
};

use super::canvas::{Anchor, Frame, Ink, Point, Sheet, Text};
use super::font::{self, Weight};

/// Steps of a plotters coordinate per pixel.
pub(crate) const STEPS: f64 = 8.0;

pub(crate) struct Pen<'a> {
    pub sheet: &'a mut Sheet,
}

pub(crate) fn pixel(coord: BackendCoord) -> Point {
    (f64::from(coord.0) / STEPS, f64::from(coord.1) / STEPS)
}

/// A length in pixels as a plotters coordinate.
pub(crate) fn steps(pixels: f64) -> i32 {
    (pixels * STEPS).round().clamp(-1e6, 1e6) as i32
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Pen<'_> {
    type ErrorType = Infallible;

    // the canvas has a positive size
    fn get_size(&self) -> (u32, u32) {
        let (width, height) = self.sheet.size;
        (steps(width) as u32, steps(height) as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.sheet.disc(pixel(point), 0.5 / STEPS, color.into());
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        let ((left, top), (right, bottom)) = (pixel(upper_left), pixel(bottom_right));
        let ink = Ink::from(style.color());
        if ink.alpha > 0.0 {
            self.sheet.plate(Frame::new(left, top, right, bottom), 0.0, ink);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let ink = Ink::from(style.color());
        if ink.alpha > 0.0 {
            let points: Vec<Point> = path.into_iter().map(pixel).collect();
            self.sheet.line(&points, ink, f64::from(style.stroke_width()) / STEPS, &[]);
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        let ink = Ink::from(style.color());
        if ink.alpha > 0.0 {
            self.sheet.fill(vert.into_iter().map(pixel).collect(), ink);
        }
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        pos: BackendCoord,
    ) -> Drawn {
        let size = style.size() / STEPS;
        let drop = match style.anchor().v_pos {
            VPos::Top => font::ASCENT * size,
            VPos::Center => 0.5 * font::CAPITAL * size,
            VPos::Bottom => -font::DESCENT * size,
        };
        let upwards = matches!(style.transform(), FontTransform::Rotate270);
        let (x, y) = pixel(pos);
        self.sheet.text(Text {
            at: if upwards { (x + drop, y) } else { (x, y + drop) },
            text: text.to_owned(),
            size,
            weight: weight_of(style),
            ink: style.color().into(),
            anchor: match style.anchor().h_pos {
                HPos::Left => Anchor::Start,
                HPos::Center => Anchor::Middle,
                HPos::Right => Anchor::End,
            },
            upwards,
            rim: false,
        });
        Ok(())
    }

    // a text has a positive, small size
    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = font::width(text, style.size(), weight_of(style));
        let height = (font::ASCENT + font::DESCENT) * style.size();
        Ok((width.ceil() as u32, height.ceil() as u32))
    }
}

fn weight_of<T: BackendTextStyle>(style: &T) -> Weight {
    match style.style() {
        FontStyle::Bold => Weight::Bold,
        _ => Weight::Regular,
    }
}
