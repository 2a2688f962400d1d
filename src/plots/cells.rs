//! Places of the panels of a page: columns and rows that fill the room.

use super::canvas::Frame;
use super::numbers::float;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    pub frame: Frame,
    /// True if no panel stands right of it.
    pub ends_row: bool,
}

const GAP_X: f64 = 34.0;
const GAP_Y: f64 = 24.0;

/// Columns and rows that fill a room.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    room: Frame,
    gaps: (f64, f64),
    /// Size of a cell.
    pub width: f64,
    pub height: f64,
}

impl Grid {
    pub(crate) fn new(room: Frame, (columns, rows): (usize, usize), gaps: (f64, f64)) -> Self {
        let part = |whole: f64, count: usize, gap: f64| {
            (whole - gap * (float(count) - 1.0)) / float(count)
        };
        let (width, height) =
            (part(room.width(), columns, gaps.0), part(room.height(), rows, gaps.1));
        Self { room, gaps, width, height }
    }

    /// The cell in a column and a row, both counted from 0.
    pub(crate) fn cell(&self, column: usize, row: usize) -> Frame {
        let left = self.room.left + float(column) * (self.width + self.gaps.0);
        let top = self.room.top + float(row) * (self.height + self.gaps.1);
        Frame::new(left, top, left + self.width, top + self.height)
    }
}

/// Places for `count` panels in reading order, with room for `labels` pixels right of each row.
pub(crate) fn cells(room: Frame, count: usize, labels: f64) -> Vec<Cell> {
    let (columns, rows) = shape(count);
    let room = Frame { right: room.right - labels, ..room };
    let grid = Grid::new(room, (columns, rows), (GAP_X, GAP_Y));
    let cell = |index: usize| Cell {
        frame: grid.cell(index % columns, index / columns),
        ends_row: (index + 1).is_multiple_of(columns) || index + 1 == count,
    };
    (0..count).map(cell).collect()
}

/// Columns and rows for a number of panels.
const fn shape(count: usize) -> (usize, usize) {
    match count {
        0 | 1 => (1, 1),
        2 => (2, 1),
        3 => (3, 1),
        4 => (2, 2),
        5 | 6 => (3, 2),
        7 | 8 => (4, 2),
        9 | 10 => (5, 2),
        11 | 12 => (4, 3),
        _ => (5, 3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_fill_the_room_without_touching() {
        let room = Frame::new(10.0, 20.0, 1510.0, 820.0);
        for count in 1..=15 {
            let cells = cells(room, count, 100.0);
            assert_eq!(cells.len(), count);
            for (index, one) in cells.iter().enumerate() {
                assert!(one.frame.right <= room.right - 100.0 + 1e-9);
                assert!(one.frame.bottom <= room.bottom + 1e-9);
                assert!(!cells.iter().skip(index + 1).any(|o| o.frame.overlaps(&one.frame, 0.0)));
            }
        }
    }
}
