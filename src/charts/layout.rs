//! From chart to sheet: frame, legend, cells, axes, layers, labels.
//!
//! plotters draws what stands between two axes: the axes with their numbers, the grid and every
//! layer (`plots::panel`). Our own code draws what plotters has no words for: the frame around
//! the panels, legends, and labels, which one placer moves apart.

use crate::charts::chart::{Chart, Ends, Label, Panel, Picture, Place, Side, Size};
use crate::charts::diagram::{self, Drawn};
use crate::charts::media::Medium;
use crate::charts::placer::{Placer, apart};
use crate::charts::rows;
use crate::figure_kinds::FigureSize;
use crate::plots::canvas::{Frame, Ink, Sheet, Text};
use crate::plots::cells::{Cell, GAPS, cells};
use crate::plots::chart_words;
use crate::plots::font::{self, Weight};
use crate::plots::numbers::float;
use crate::plots::page::{Page, words};
use crate::plots::panel::{Layer, Panel as Plotted, observed, spot};
use crate::plots::shades::{self, BAR};
use crate::plots::style::{AXIS, CAPTION, GREY, LABEL, TICK};
use crate::plots::{Figure, FigureError};

/// The picture of a chart.
/// Errors: [`FigureError::Drawing`] if plotters refuses.
pub(crate) fn figure(chart: &Chart, name: &'static str) -> Result<Figure, FigureError> {
    Ok(page(chart)?.finish(name, chart.description.clone()))
}

/// The page of a chart.
/// Errors: [`FigureError::Drawing`] if plotters refuses.
pub(crate) fn page(chart: &Chart) -> Result<Page, FigureError> {
    let (look, caption) = (chart.look, (chart.scenario.as_str(), chart.hypothesis.as_str()));
    let mut page = Page::about(caption, &chart.title, &chart.subtitle, look);
    lay(&mut page, chart, Medium::Figure(look.size))?;
    Ok(page)
}

/// Lays the picture of a chart out in the room of a page; gives the places of its axes, and its
/// arrows.
/// Errors: [`FigureError::Drawing`] if plotters refuses.
pub(crate) fn lay(
    page: &mut Page,
    chart: &Chart,
    medium: Medium,
) -> Result<(Vec<Plotted>, Vec<Drawn>), FigureError> {
    match &chart.picture {
        Picture::Note(sentence) => {
            page.close(medium.note());
            page.note(sentence);
            Ok((Vec::new(), Vec::new()))
        }
        Picture::Panels { panels, columns } => {
            let beside = medium.room_beside(chart, page.sheet.size.0);
            write_legend(page, chart, beside);
            let columns = medium.columns(*columns, panels.len());
            let mut panels = rows::named(panels, columns);
            if medium.is_narrow() {
                panels = rows::under_names(panels);
            }
            let arrangement = medium.arrangement(&panels, columns, page.room.width() - beside);
            page.close(arrangement.height());
            let is_slide = medium == Medium::Figure(FigureSize::Slide);
            let room = if is_slide { rows::room(&page.room, &panels) } else { page.room };
            let cells = cells(room, &arrangement, beside, GAPS);
            Ok((drawn(&mut page.sheet, &panels, &cells, beside)?, Vec::new()))
        }
        Picture::Diagrams { diagrams, widest } => {
            let (sheet, room) = (page.sheet.size.0, page.room.width());
            let (shape, height) = medium.diagrams(diagrams.len(), sheet, room);
            page.close(height);
            Ok((Vec::new(), diagram::draw(page, diagrams, *widest, shape)))
        }
    }
}

/// Height of a line of names of colors.
const KEY_LINE: f64 = 1.5 * TICK;

/// Writes the legend, unless the panels name their lines in so much room `beside` them.
fn write_legend(page: &mut Page, chart: &Chart, beside: f64) {
    if chart.named().len() > 1 && beside == 0.0 {
        page.legend_of(&chart.legend.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// Draws the panels; gives the places of their axes.
fn drawn(
    sheet: &mut Sheet,
    panels: &[Panel],
    cells: &[Cell],
    beside: f64,
) -> Result<Vec<Plotted>, FigureError> {
    let size = if panels.len() == 1 { LABEL } else { CAPTION };
    let mut plotted: Vec<Plotted> = Vec::new();
    for (panel, cell) in panels.iter().zip(cells) {
        plotted.push(panel.plotted(sheet, &cell.frame, size));
    }
    aligned(&mut plotted, cells);
    for ((panel, plotted), cell) in panels.iter().zip(&plotted).zip(cells) {
        plotted.draw(sheet, &panel.layers)?;
        if !panel.layers.iter().any(|layer| matches!(layer, Layer::Cells { .. })) {
            plotted.mark_if_cut(sheet); // height shows amounts, unlike on a map
        }
        match &panel.y.ends {
            Ends::Rows(names) => rows::write_names(sheet, names, plotted, cell.frame.left),
            Ends::RowsUnderNames(names) => rows::write_names_above(sheet, names, plotted),
            _ => {}
        }
        panel.write_x_title(sheet, plotted.frame, &cell.frame, size);
        if let Some(names) = panel.color_names() {
            let Frame { top, right, bottom, .. } = plotted.frame;
            shades::bar(sheet, Frame::new(right + 14.0, top, right + BAR, bottom), names);
        }
        panel.write_labels(sheet, plotted, cell.frame.width());
        if cell.ends_row && beside > 0.0 {
            panel.write_beside(sheet, plotted, &cell.frame, beside);
        }
    }
    Ok(plotted)
}

/// Axes below each other begin at the same place, axes side by side begin and end at the same heights.
fn aligned(plotted: &mut [Plotted], cells: &[Cell]) {
    let frames: Vec<Frame> = plotted.iter().map(|plotted| plotted.frame).collect();
    let most = |same: &dyn Fn(&Frame) -> bool, of: fn(&Frame) -> f64| {
        let others = cells.iter().zip(&frames).filter(|(other, _)| same(&other.frame));
        others.map(|(_, frame)| of(frame)).fold(f64::NEG_INFINITY, f64::max)
    };
    for (plotted, cell) in plotted.iter_mut().zip(cells) {
        plotted.frame.left = most(&|other| other.left == cell.frame.left, |frame| frame.left);
        plotted.frame.top = most(&|other| other.top == cell.frame.top, |frame| frame.top);
        plotted.frame.bottom =
            -most(&|other| other.bottom == cell.frame.bottom, |frame| -frame.bottom);
    }
}

impl Panel {
    /// Names of the levels of its colors, if it has a bar of them.
    fn color_names(&self) -> Option<&[String]> {
        self.layers.iter().find_map(|layer| match layer {
            Layer::Cells { names, .. } if !names.is_empty() => Some(names.as_slice()),
            _ => None,
        })
    }

    /// Writes the heading and finds the place of the axes.
    fn plotted(&self, sheet: &mut Sheet, cell: &Frame, title: f64) -> Plotted {
        let mut head = match self.heading.as_str() {
            "" if !self.keys.is_empty() => cell.top, // they stand in its place
            heading => chart_words::heading(sheet, cell, heading, &self.unit),
        };
        head += self.height_above(cell.width());
        head = self.write_keys(sheet, cell, head);
        if !self.y.title.is_empty() {
            head += 1.5 * CAPTION;
            let up = format!("↑ {}", self.y.title);
            let up = font::shorten(&up, CAPTION, Weight::Regular, cell.width());
            sheet.text(words((cell.left, head), up, CAPTION, GREY));
        }
        let left = match &self.y.ends {
            Ends::Rows(names) => cell.left + rows::room_for_names(names, cell.width()),
            _ => cell.left,
        };
        let right = cell.right - self.color_names().map_or(0.0, |_| BAR);
        let names = Frame { left: left + 40.0, ..*cell };
        let below = 1.4 * title * float(self.x_title(names, cell, title).0.len());
        let outer = Frame::new(left, head + 14.0, right, cell.bottom - below);
        let x = self.x.axis(outer.width() - 50.0, 64.0);
        let label = |tick: &f64| font::width(&x.label(*tick), TICK, Weight::Regular) + 10.0;
        let widest = x.ticks.iter().map(label).fold(0.0, f64::max);
        let x = if widest > 80.0 { self.x.axis(outer.width() - 50.0, widest) } else { x };
        let y = self.y.axis(outer.height(), 52.0);
        Plotted::inside(outer, x, y, TICK)
    }

    /// The lines of the title of the horizontal axis, and whether it stands in the middle of the
    /// axes: else, where that is too narrow, over the whole width.
    fn x_title(&self, axes: Frame, cell: &Frame, size: f64) -> (Vec<String>, bool) {
        let middle = axes.center().0;
        let room = 2.0 * (middle - cell.left).min(cell.right - middle);
        let title = &self.x.title;
        if title.is_empty() || font::width(title, size, Weight::Regular) <= room {
            (title.lines().map(str::to_owned).collect(), true)
        } else {
            (font::wrap(title, size, Weight::Regular, cell.width(), 2), false)
        }
    }

    fn write_x_title(&self, sheet: &mut Sheet, axes: Frame, cell: &Frame, size: f64) {
        let (lines, is_middle) = self.x_title(axes, cell, size);
        let mut y = axes.bottom + 1.2 * TICK + 3.0;
        for line in lines {
            y += 1.4 * size;
            let at = if is_middle { axes.center().0 } else { cell.left };
            let text = words((at, y), line, size, GREY);
            sheet.text(if is_middle { text.middle() } else { text });
        }
    }

    /// Names of colors, beside the heading or else below it; returns the lower edge. Each is a
    /// plate, or a dot where dots have its color.
    fn write_keys(&self, sheet: &mut Sheet, cell: &Frame, head: f64) -> f64 {
        let mut lowest = head;
        for ((x, y), (name, ink)) in self.key_places(cell, head).into_iter().zip(&self.keys) {
            lowest = lowest.max(y);
            let shape = self.layers.iter().find_map(|layer| match layer {
                Layer::Dot { shape, ink: dot, .. } | Layer::Dots { shape, ink: dot, .. }
                    if dot == ink =>
                {
                    Some((*shape, false))
                }
                Layer::Observed { shape, ink: dot, .. } if dot == ink => Some((*shape, true)),
                _ => None,
            });
            let at = |up| (x + 9.0, y + up);
            match shape {
                Some((shape, false)) => spot(sheet, at(-6.0), shape, 8.0, *ink),
                Some((shape, true)) => observed(sheet, &[-6.0, -17.0, 5.0].map(at), shape, *ink),
                None => sheet.plate(Frame::new(x, y - 13.0, x + 18.0, y + 3.0), 2.0, *ink),
            }
            sheet.text(words((x + 25.0, y), name.as_str(), TICK, GREY));
        }
        lowest
    }

    /// Places of the names of colors: beside the heading, where all fit, else in lines below it.
    fn key_places(&self, cell: &Frame, head: f64) -> Vec<(f64, f64)> {
        const GAP: f64 = 24.0;
        let wide = |name: &str| match name {
            "" => GAP, // the name follows behind another color
            name => 25.0 + font::width(name, TICK, Weight::Regular) + GAP,
        };
        let heading = font::width(&self.heading, LABEL, Weight::Bold);
        let unit = font::width(&self.unit, TICK, Weight::Regular);
        let beside = cell.left + heading + unit + if heading > 0.0 { 40.0 } else { 0.0 };
        let all: f64 = self.keys.iter().map(|(name, _)| wide(name)).sum();
        let fits = beside + all <= cell.right + GAP;
        let (mut x, mut y) =
            if fits { (beside, cell.top + LABEL) } else { (cell.left, head + KEY_LINE) };
        let place = |(name, _): &(String, Ink)| {
            if x > cell.left && x + wide(name) > cell.right + GAP {
                (x, y) = (cell.left, y + KEY_LINE);
            }
            let place = (x, y);
            x += wide(name);
            place
        };
        self.keys.iter().map(place).collect()
    }

    /// Height of what stands around the axes of rows in a cell so wide: heading, names of colors,
    /// numbers and title of the horizontal axis.
    pub(crate) fn height_around(&self, wide: f64) -> f64 {
        const USUAL: f64 = 150.0;
        let cell = Frame::new(0.0, 0.0, wide, f64::MAX);
        let places = self.key_places(&cell, LABEL);
        let keys = places.iter().map(|place| place.1 - LABEL);
        let lines = float(self.x_title(Frame { left: 40.0, ..cell }, &cell, CAPTION).0.len());
        USUAL + keys.fold(0.0, f64::max) + 1.4 * CAPTION * (lines - 1.0).max(0.0)
    }

    /// Writes the labels right of the panel, each as near to its line as the others allow.
    fn write_beside(&self, sheet: &mut Sheet, plotted: &Plotted, cell: &Frame, beside: f64) {
        let (x, line) = (plotted.frame.right + 22.0, 1.08 * TICK);
        let ends = self.labels.iter().filter_map(|label| match label.place {
            Place::Beside((x, y)) => Some((plotted.at(x, y), label)),
            _ => None,
        });
        let mut ends: Vec<_> = ends.filter(|(at, _)| at.1.is_finite()).collect();
        ends.sort_by(|a, b| a.0.1.total_cmp(&b.0.1));
        let wrap = |label: &Label| font::wrap(&label.name, TICK, Weight::Bold, beside - 20.0, 2);
        let lines: Vec<Vec<String>> = ends.iter().map(|(_, label)| wrap(label)).collect();
        let heights: Vec<f64> = lines.iter().map(|all| float(all.len()) * line + 3.0).collect();
        let wanted: Vec<f64> = ends.iter().map(|(at, _)| at.1).collect();
        let middles = apart(&wanted, &heights, cell.top, cell.bottom);
        let places = middles.into_iter().zip(heights);
        for (((at, label), lines), (middle, height)) in ends.iter().zip(lines).zip(places) {
            if (middle - at.1).abs() > 3.0 {
                sheet.line(&[(at.0 + 4.0, at.1), (x - 6.0, middle)], AXIS, 1.25, &[]);
            }
            let mut y = middle - 0.5 * height + 1.5 + 0.8 * line;
            for text in lines {
                sheet.text(words((x, y), text, TICK, label.ink).bold());
                y += line;
            }
        }
    }
}

impl Layer {
    /// Tells the placer where lines and points are.
    pub(crate) fn keep_clear(&self, panel: &Plotted, placer: &mut Placer) {
        let at = |point: &(f64, f64)| panel.at(point.0, point.1);
        match self {
            Self::Line { points, .. } => {
                placer.avoid(&points.iter().map(at).collect::<Vec<_>>());
            }
            Self::Dot { at: point, radius, .. } => {
                let ((x, y), r) = (at(point), 0.7 * radius);
                placer.avoid(&[(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]);
            }
            Self::Observed { at: (x, y), interval, .. } => {
                let (low, high) = interval.unwrap_or((*y, *y));
                placer.avoid(&[low, *y, high].map(|y| at(&(*x, y))));
            }
            Self::Rule { x, y, .. } => {
                placer.avoid(&panel.rule(*x, *y).map(|end| at(&end)));
            }
            // Labels may stand on areas; the numbers of dots stand beside them.
            _ => {}
        }
    }
}

impl Label {
    /// Its lines of text, none wider than `room`; their places are not known yet.
    pub(crate) fn lines(&self, room: f64) -> Vec<Text> {
        let (large, small) = match self.size {
            Size::Small => (CAPTION, CAPTION),
            Size::Usual => (TICK, TICK),
            Size::Large => (LABEL, TICK),
        };
        let name = font::shorten_middle(&self.name, large, Weight::Bold, room.max(300.0));
        let text = font::shorten_middle(&self.text, small, Weight::Regular, room.max(300.0));
        // Above a narrow panel what stands in brackets is a line of its own.
        let is_wide = font::width(&text, small, Weight::Regular) > room;
        let parted = text.split_once(" (").filter(|_| is_wide);
        let (text, rest) = match parted.filter(|_| matches!(self.place, Place::Above(_))) {
            Some((text, rest)) => (text.to_owned(), format!("({rest}")),
            None => (text, String::new()),
        };
        let lines = [
            words((0.0, 0.0), name, large, self.ink).bold(),
            words((0.0, 0.0), text, small, self.ink),
            words((0.0, 0.0), rest, small, self.ink),
        ];
        let rim = match self.place {
            Place::Near(_) | Place::Close(_) | Place::Along(_) => true,
            Place::At(_, side) => matches!(side, Side::Left | Side::Right),
            _ => false,
        };
        let lines = lines.into_iter().filter(|line| !line.text.is_empty());
        lines.map(|line| Text { rim, ..line }).collect()
    }
}
