//! Where the panels of a page stand: columns and rows that fill the room.

use super::canvas::Frame;

/// The place of a panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    pub frame: Frame,
    /// True if no panel stands right of it.
    pub ends_row: bool,
}

/// Gap between two panels of a row.
const GAP_X: f64 = 34.0;
/// Gap between two rows.
const GAP_Y: f64 = 24.0;

/// How panels in reading order are arranged.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grid {
    count: usize,
    columns: usize,
    /// Heights of the rows against each other.
    rows: Vec<f64>,
}

impl Grid {
    /// So many columns; a row is as high as the first of its panels wants it.
    pub(crate) fn of(columns: usize, weights: &[f64]) -> Self {
        let rows = weights.chunks(columns.max(1)).filter_map(|row| row.first().copied());
        Self { count: weights.len(), columns: columns.max(1), rows: rows.collect() }
    }

    /// As many columns as suit so many panels.
    pub(crate) fn usual(weights: &[f64]) -> Self {
        Self::of(columns(weights.len()), weights)
    }
}

/// Places for panels, with room for `labels` pixels right of each row.
#[allow(clippy::cast_precision_loss)] // a few panels
pub(crate) fn cells(room: Frame, grid: &Grid, labels: f64) -> Vec<Cell> {
    let columns = grid.columns as f64;
    let width = (room.width() - labels - GAP_X * (columns - 1.0)) / columns;
    let high = room.height() - GAP_Y * (grid.rows.len() as f64 - 1.0);
    let weight: f64 = grid.rows.iter().sum();
    let mut out = Vec::with_capacity(grid.count);
    let mut top = room.top;
    for row in &grid.rows {
        let height = high * row / weight;
        for column in 0..grid.columns.min(grid.count - out.len()) {
            let left = room.left + column as f64 * (width + GAP_X);
            let frame = Frame::new(left, top, left + width, top + height);
            let ends_row = column + 1 == grid.columns || out.len() + 1 == grid.count;
            out.push(Cell { frame, ends_row });
        }
        top += height + GAP_Y;
    }
    out
}

/// Columns for a number of panels.
const fn columns(count: usize) -> usize {
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
            let cells = cells(room, &Grid::usual(&vec![1.0; count]), 100.0);
            assert_eq!(cells.len(), count);
            for (index, one) in cells.iter().enumerate() {
                assert!(one.frame.right <= room.right - 100.0 + 1e-9);
                assert!(one.frame.bottom <= room.bottom + 1e-9);
                assert!(!cells.iter().skip(index + 1).any(|o| o.frame.overlaps(&one.frame, 0.0)));
            }
        }
    }
}
