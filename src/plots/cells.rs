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

/// Places for `count` panels in reading order, with room for `labels` pixels right of each row.
pub(crate) fn cells(room: Frame, count: usize, labels: f64) -> Vec<Cell> {
    let (columns, rows) = grid(count);
    let width = (room.width() - labels - GAP_X * (columns - 1.0)) / columns;
    let height = (room.height() - GAP_Y * (rows - 1.0)) / rows;
    let (mut column, mut row) = (0.0, 0.0);
    let mut out = Vec::with_capacity(count);
    for index in 0..count {
        let left = room.left + column * (width + GAP_X);
        let top = room.top + row * (height + GAP_Y);
        let frame = Frame::new(left, top, left + width, top + height);
        let ends_row = column + 1.5 > columns || index + 1 == count;
        out.push(Cell { frame, ends_row });
        column += 1.0;
        if column + 0.5 > columns {
            (column, row) = (0.0, row + 1.0);
        }
    }
    out
}

/// Columns and rows for a number of panels.
const fn grid(count: usize) -> (f64, f64) {
    match count {
        0 | 1 => (1.0, 1.0),
        2 => (2.0, 1.0),
        3 => (3.0, 1.0),
        4 => (2.0, 2.0),
        5 | 6 => (3.0, 2.0),
        7 | 8 => (4.0, 2.0),
        9 | 10 => (5.0, 2.0),
        11 | 12 => (4.0, 3.0),
        _ => (5.0, 3.0),
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
