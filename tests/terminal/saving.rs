//! Input or output is no terminal, or one that can do little.
