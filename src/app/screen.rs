//! Where everything stands on the screen, computed before anything is drawn, so that behaviour and drawing
//! agree on what is visible.

use crate::app::Pane;
use ratatui::layout::{Rect, Size};

/// From this width on all three panes stand side by side.
const THREE_PANES: u16 = 110;
/// From this width on two panes stand side by side.
const TWO_PANES: u16 = 64;
/// From this height on there is a line for the state of the program.
const STATUS_FROM: u16 = 3;
/// From this height on a pane has a title.
const TITLE_FROM: u16 = 3;
/// A popup is at most so wide.
const POPUP: u16 = 84;
/// From this size on a popup has a border.
const BORDER_FROM: Size = Size::new(8, 3);

/// The places of the panes, titles included. Between two panes one column is left for the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// The sidebar, if it is shown.
    pub sidebar: Option<Rect>,
    /// The list, if it is shown.
    pub list: Option<Rect>,
    /// The reader, if it is shown.
    pub reader: Option<Rect>,
    /// The line at the bottom; without rows when the screen is too low for one.
    pub status: Rect,
}

impl Screen {
    /// Divides a screen. With room for two panes the list stays, with `beside` on its other side.
    pub fn new(size: Size, focus: Pane, beside: Pane) -> Self {
        let status_rows = u16::from(size.height >= STATUS_FROM);
        let all = Rect::new(0, 0, size.width, size.height - status_rows);
        let status = Rect::new(0, all.height, size.width, status_rows);
        let mut screen = Self { sidebar: None, list: None, reader: None, status };
        if size.width >= THREE_PANES {
            let (sidebar, rest) = split(all, (size.width / 6).clamp(18, 30));
            let (list, reader) = split(rest, (size.width / 3).clamp(40, 60));
            (screen.sidebar, screen.list, screen.reader) = (Some(sidebar), Some(list), Some(reader));
        } else if size.width >= TWO_PANES {
            screen.two(all, if focus == Pane::List { beside } else { focus });
        } else {
            *screen.slot(focus) = Some(all);
        }
        screen
    }

    fn two(&mut self, all: Rect, beside: Pane) {
        if beside == Pane::Reader {
            let (list, reader) = split(all, all.width * 2 / 5);
            (self.list, self.reader) = (Some(list), Some(reader));
        } else {
            let (sidebar, list) = split(all, (all.width * 3 / 10).clamp(18, 30));
            (self.sidebar, self.list) = (Some(sidebar), Some(list));
        }
    }

    fn slot(&mut self, pane: Pane) -> &mut Option<Rect> {
        match pane {
            Pane::Sidebar => &mut self.sidebar,
            Pane::List => &mut self.list,
            Pane::Reader => &mut self.reader,
        }
    }

    /// The place of a pane, if it is shown.
    pub fn area(&self, pane: Pane) -> Option<Rect> {
        match pane {
            Pane::Sidebar => self.sidebar,
            Pane::List => self.list,
            Pane::Reader => self.reader,
        }
    }

    /// The size of a pane below its title; one row of no cells where it is not shown.
    pub(crate) fn inside(&self, pane: Pane) -> Size {
        let width = self.area(pane).map_or(0, |area| area.width);
        Size::new(width, u16::try_from(self.rows(pane)).unwrap_or(u16::MAX))
    }

    /// The rows of a pane below its title; at least one, so that paging always moves.
    pub(crate) fn rows(&self, pane: Pane) -> usize {
        self.area(pane).map_or(1, |area| usize::from(body(area).height.max(1)))
    }
}

/// The line of a pane that holds its title, if the pane is high enough.
pub fn title(pane: Rect) -> Option<Rect> {
    (pane.height >= TITLE_FROM).then_some(Rect { height: 1, ..pane })
}

/// The part of a pane below its title.
pub fn body(pane: Rect) -> Rect {
    match title(pane) {
        Some(title) => Rect { y: pane.y + title.height, height: pane.height - title.height, ..pane },
        None => pane,
    }
}

/// The place of a popup with so many lines, its border included: in the middle of the panes, and where there is room,
/// with something of them to be seen around it.
pub fn popup(size: Size, lines: usize) -> Rect {
    let height = size.height - u16::from(size.height >= STATUS_FROM);
    let around = |cells: u16| cells / 16 * 2;
    let beside = if size.width < TWO_PANES { 0 } else { around(size.width) };
    let width = (size.width - beside).min(POPUP);
    let wanted = u16::try_from(lines.saturating_add(2)).unwrap_or(u16::MAX);
    let rows = wanted.min(height - around(height));
    Rect::new((size.width - width) / 2, (height - rows) / 2, width, rows)
}

/// The part of a popup within its border, if it has one.
pub fn inside(popup: Rect) -> Rect {
    if popup.width < BORDER_FROM.width || popup.height < BORDER_FROM.height {
        return popup;
    }
    Rect { x: popup.x + 1, y: popup.y + 1, width: popup.width - 2, height: popup.height - 2 }
}

fn split(area: Rect, left: u16) -> (Rect, Rect) {
    let left = left.min(area.width.saturating_sub(1));
    let right = area.width - left - u16::from(area.width > left);
    (Rect { width: left, ..area }, Rect { x: area.x + area.width - right, width: right, ..area })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(width: u16, focus: Pane, beside: Pane) -> [bool; 3] {
        let screen = Screen::new(Size::new(width, 24), focus, beside);
        [screen.sidebar, screen.list, screen.reader].map(|area| area.is_some())
    }

    #[test]
    fn the_number_of_panes_follows_the_width() {
        use Pane::{List, Reader, Sidebar};
        assert_eq!(shown(120, List, Sidebar), [true, true, true]);
        assert_eq!(shown(80, List, Sidebar), [true, true, false]);
        assert_eq!(shown(80, List, Reader), [false, true, true]);
        assert_eq!(shown(80, Reader, Sidebar), [false, true, true]);
        assert_eq!(shown(40, Sidebar, Reader), [true, false, false]);
        assert_eq!(shown(40, Reader, Sidebar), [false, false, true]);
    }

    #[test]
    fn a_popup_is_as_large_as_it_must_be() {
        for ((width, height), lines, expected) in [
            ((120, 30), 5, Rect::new(18, 11, 84, 7)),
            ((120, 30), 500, Rect::new(18, 1, 84, 27)),
            ((80, 24), 500, Rect::new(5, 1, 70, 21)),
            ((40, 12), 500, Rect::new(0, 0, 40, 11)),
            ((1, 1), 500, Rect::new(0, 0, 1, 1)),
        ] {
            let popup = popup(Size::new(width, height), lines);
            assert_eq!(popup, expected);
            assert_eq!(inside(popup).width, if width > 8 { popup.width - 2 } else { popup.width });
        }
    }

    proptest! {
        #[test]
        fn a_popup_stays_on_the_panes(width in 0u16..300, height in 0u16..100, lines in 0usize..200) {
            let size = Size::new(width, height);
            let (popup, screen) = (popup(size, lines), Screen::new(size, Pane::List, Pane::Sidebar));
            prop_assert!(popup.right() <= width && popup.bottom() <= height);
            prop_assert!(!popup.intersects(screen.status));
            prop_assert_eq!(popup.intersection(inside(popup)), inside(popup));
            prop_assert!(width == 0 || height == 0 || !inside(popup).is_empty());
        }

        #[test]
        fn panes_stay_on_the_screen_and_apart(width in 0u16..300, height in 0u16..100, focus in 0..3usize, beside in 0..3usize) {
            let pane = |n: usize| [Pane::Sidebar, Pane::List, Pane::Reader][n];
            let screen = Screen::new(Size::new(width, height), pane(focus), pane(beside));
            let areas: Vec<Rect> =
                [screen.sidebar, screen.list, screen.reader, Some(screen.status)].into_iter().flatten().collect();
            for (i, area) in areas.iter().enumerate() {
                prop_assert!(area.right() <= width && area.bottom() <= height);
                prop_assert!(areas.iter().skip(i + 1).all(|other| !area.intersects(*other)));
            }
            prop_assert!(screen.area(pane(focus)).is_some());
        }
    }
}
