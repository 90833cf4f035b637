//! The reader as a job of a shell.

use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use rustix::stdio::stdout;
use rustix::termios::tcgetpgrp;
use std::io;

/// Whether there is a shell that could continue us when we have stopped. It puts each job into a process
/// group of its own; the group of the session's leader (`xterm -e finews`) has nobody above it.
pub(super) fn has_shell() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Whether the terminal listens to us. One that is not our controlling terminal always does.
pub(super) fn is_in_foreground() -> bool {
    tcgetpgrp(stdout()).map_or(true, |group| group == getpgrp())
}

/// Stops the whole job, as the terminal does: the shell may wait for another process of it, a script that
/// called us. May return a little before it takes effect.
pub(super) fn stop() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}
