use super::*;
use notify::EventKind;
use notify::event::{AccessKind, AccessMode, CreateKind, DataChange, Flag, ModifyKind, RenameMode};
use std::fs;
use std::sync::mpsc::Sender;
use std::time::Duration;
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(20);

/// A watch over a folder, and what it has told.
struct Watched {
    folder: TempDir,
    watch: Arc<Watch>,
    news: Receiver<News>,
}

impl Watched {
    /// `None` where the system tells nothing, or all of it has been used up.
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let (sender, news): (Sender<News>, _) = channel();
        let watch = Watch::start(folder.path(), move |news| sender.send(news).unwrap_or_default());
        let is_listening = lock(&watch.watcher).is_some();
        is_listening.then_some(Self { folder, watch, news })
    }

    fn path(&self, place: &str) -> PathBuf {
        self.folder.path().join(place)
    }

    /// Waits until it has told of a place.
    fn tells_of(&self, place: &str) {
        let path = self.path(place);
        while let Ok(news) = self.news.recv_timeout(PATIENCE) {
            if matches!(news, News::Hint(Hint::Places(places)) if places.contains(&path)) {
                return;
            }
        }
        panic!("it did not tell of {place}");
    }
}

#[test]
fn what_comes_goes_and_changes_in_the_folders_is_told() {
    let Some(watched) = Watched::new() else { return };
    fs::write(watched.path("a.md"), "a").unwrap();
    watched.tells_of("a.md");
    fs::rename(watched.path("a.md"), watched.path("b.md")).unwrap();
    watched.tells_of("b.md");
    fs::remove_file(watched.path("b.md")).unwrap();
    watched.tells_of("b.md");
    fs::create_dir(watched.path("c")).unwrap();
    watched.tells_of("c");
    watched.watch.folder(&watched.path("c"));
    fs::write(watched.path("c/d.md"), "d").unwrap();
    watched.tells_of("c/d.md");
}

#[test]
fn a_folder_that_was_renamed_or_made_again_is_watched_when_it_is_named_again() {
    let Some(watched) = Watched::new() else { return };
    fs::create_dir_all(watched.path("a/b")).unwrap();
    for folder in ["a", "a/b"] {
        watched.watch.folder(&watched.path(folder));
    }
    fs::rename(watched.path("a"), watched.path("c")).unwrap();
    watched.tells_of("c");
    for folder in ["c", "c/b"] {
        watched.watch.folder(&watched.path(folder));
    }
    fs::write(watched.path("c/b/d.md"), "d").unwrap();
    watched.tells_of("c/b/d.md");
    fs::remove_dir_all(watched.path("c")).unwrap();
    watched.tells_of("c");
    fs::create_dir(watched.path("c")).unwrap();
    watched.tells_of("c");
    watched.watch.folder(&watched.path("c"));
    fs::write(watched.path("c/e.md"), "e").unwrap();
    watched.tells_of("c/e.md");
}

#[test]
fn reading_is_not_told() {
    let Some(watched) = Watched::new() else { return };
    fs::write(watched.path("a.md"), "a").unwrap();
    watched.tells_of("a.md");
    for _ in 0..100 {
        fs::read(watched.path("a.md")).unwrap();
    }
    fs::write(watched.path("b.md"), "b").unwrap();
    let Ok(News::Hint(Hint::Places(places))) = watched.news.recv_timeout(PATIENCE) else { panic!("no hint") };
    assert!(places.contains(&watched.path("b.md")) && !places.contains(&watched.path("a.md")), "{places:?}");
}

#[test]
fn nobody_is_left_when_it_has_been_dropped() {
    let Some(Watched { watch, news, folder }) = Watched::new() else { return };
    drop(watch);
    fs::write(folder.path().join("a.md"), "a").unwrap();
    // The thread has let go of its sender.
    assert!(news.iter().all(|news| matches!(news, News::Hint(_))));
}

#[test]
fn a_watch_that_has_no_more_room_says_so_once() {
    let Some(watched) = Watched::new() else { return };
    for _ in 0..2 {
        watched.watch.give_up(reason(&notify::Error::new(ErrorKind::MaxFilesWatch)));
    }
    drop(watched.watch);
    let told: Vec<News> = watched.news.iter().collect();
    assert!(matches!(&told[..], [News::Deaf(why)] if why.contains("max_user_watches")), "{told:?}");
}

fn event(kind: EventKind, path: &str) -> Event {
    Event::new(kind).add_path(path.into())
}

fn edit(path: &str) -> Event {
    event(EventKind::Modify(ModifyKind::Data(DataChange::Any)), path)
}

fn at(milliseconds: u64, start: Instant) -> Instant {
    start + Duration::from_millis(milliseconds)
}

#[test]
fn hints_wait_for_quiet_but_not_for_ever() {
    let start = Instant::now();
    let mut gathering = Gathering::default();
    assert_eq!(gathering.due(), None);
    for (time, due) in [(0, 50), (40, 90), (80, 130), (400, 450), (470, 500), (490, 500)] {
        gathering.add(Some(&edit(&format!("{time}.md"))), at(time, start));
        // Reading does not disturb.
        let reading = event(EventKind::Access(AccessKind::Open(AccessMode::Any)), "read.md");
        gathering.add(Some(&reading), at(time + 1, start));
        assert_eq!(gathering.due(), Some(at(due, start)), "{time}");
    }
    let Hint::Places(places) = gathering.take() else { panic!("everything") };
    assert_eq!(places.len(), 6);
    assert_eq!(gathering.due(), None);
}

#[test]
fn what_was_lost_may_be_anywhere() {
    let now = Instant::now();
    let rescan = Event::new(EventKind::Other).set_flag(Flag::Rescan);
    for lost in [None, Some(&rescan)] {
        let mut gathering = Gathering::default();
        gathering.add(Some(&edit("a.md")), now);
        gathering.add(lost, now);
        gathering.add(Some(&edit("b.md")), now);
        assert_eq!(gathering.take(), Hint::Everything);
    }
    let mut gathering = Gathering::default();
    for n in 0..5000 {
        gathering.add(Some(&edit(&format!("{n}.md"))), now);
    }
    assert_eq!(gathering.take(), Hint::Everything);
}

#[test]
fn folders_that_have_gone_are_forgotten_with_all_that_were_in_them() {
    let all = ["/a", "/a/b", "/a/b/c", "/a-b", "/d"];
    let from = EventKind::Modify(ModifyKind::Name(RenameMode::From));
    for (event, left) in [
        (Some(event(from, "/a/b")), &["/a", "/a-b", "/d"][..]),
        (Some(event(EventKind::Remove(notify::event::RemoveKind::Folder), "/a")), &["/a-b", "/d"]),
        (Some(event(EventKind::Create(CreateKind::Folder), "/a")), &all),
        (Some(edit("/a")), &all),
        (None, &[]),
    ] {
        let folders: Folders = Arc::new(Mutex::new(all.map(PathBuf::from).into()));
        forget_unwatched(event.as_ref(), &folders);
        let left: BTreeSet<PathBuf> = left.iter().map(PathBuf::from).collect();
        assert_eq!(*lock(&folders), left, "{event:?}");
    }
}
