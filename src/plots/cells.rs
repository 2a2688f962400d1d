//! Places of the panels of a page: columns and rows that fill the room.

use super::canvas::Frame;
use super::numbers::float;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    pub frame: Frame,
    /// True if no panel stands right of it.
    pub ends_row: bool,
}

/// Gaps between columns and between rows of panels.
pub(crate) const GAPS: (f64, f64) = (34.0, 24.0);

/// Columns and rows of panels in reading order, some wider or higher than others.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Arrangement {
    count: usize,
    /// Widths of the columns against each other.
    pub(crate) columns: Vec<f64>,
    /// Heights of the rows against each other.
    pub(crate) rows: Vec<f64>,
}

impl Arrangement {
    /// So many columns, else as many as suit; a row is as high as the first of its panels wants
    /// it, a column as wide as its uppermost.
    pub(crate) fn of(wanted: Option<usize>, shares: &[(f64, f64)]) -> Self {
        let count = wanted.unwrap_or(columns(shares.len())).max(1);
        let rows = shares.chunks(count).filter_map(|row| row.first());
        let columns = shares.iter().take(count).map(|share| share.0);
        let rows = rows.map(|share| share.1).collect();
        Self { count: shares.len(), columns: columns.collect(), rows }
    }

    /// Height of all rows, if theirs are pixels.
    pub(crate) fn height(&self) -> f64 {
        self.rows.iter().sum::<f64>() + GAPS.1 * (float(self.rows.len()) - 1.0)
    }
}

/// Places for panels so far apart, with room for `labels` pixels right of each row.
pub(crate) fn cells(
    room: Frame,
    arrangement: &Arrangement,
    labels: f64,
    gaps: (f64, f64),
) -> Vec<Cell> {
    let Arrangement { count, columns, rows } = arrangement;
    let wide = room.width() - labels - gaps.0 * (float(columns.len()) - 1.0);
    let whole: f64 = columns.iter().sum();
    let high = room.height() - gaps.1 * (float(rows.len()) - 1.0);
    let weight: f64 = rows.iter().sum();
    let mut out = Vec::with_capacity(*count);
    let mut top = room.top;
    for row in rows {
        let height = high * row / weight;
        let mut left = room.left;
        for (column, share) in columns.iter().take(count - out.len()).enumerate() {
            let width = wide * share / whole;
            let frame = Frame::new(left, top, left + width, top + height);
            let ends_row = column + 1 == columns.len() || out.len() + 1 == *count;
            out.push(Cell { frame, ends_row });
            left += width + gaps.0;
        }
        top += height + gaps.1;
    }
    out
}

/// Columns for a number of panels.
pub(crate) const fn columns(count: usize) -> usize {
    match count {
        0 | 1 => 1,
        2 | 4 => 2,
        3 | 5 | 6 => 3,
        7 | 8 | 11 | 12 => 4,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_fill_the_room_without_touching() {
        let room = Frame::new(10.0, 20.0, 1510.0, 820.0);
        for count in 1..=15 {
            let cells = cells(room, &Arrangement::of(None, &vec![(1.0, 1.0); count]), 100.0, GAPS);
            assert_eq!(cells.len(), count);
            for (index, one) in cells.iter().enumerate() {
                assert!(one.frame.right <= room.right - 100.0 + 1e-9);
                assert!(one.frame.bottom <= room.bottom + 1e-9);
                assert!(!cells.iter().skip(index + 1).any(|o| o.frame.overlaps(&one.frame, 0.0)));
            }
        }
    }
}
