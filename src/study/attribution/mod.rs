//! What a difference between forms is made of: structure, capacity and behaviour, or building blocks.

pub(crate) mod block;
pub(crate) mod block_figure;
pub(crate) mod block_section;
pub(crate) mod block_table;
pub(crate) mod block_terminal;
pub(crate) mod effect;
pub(crate) mod effect_figure;
pub(crate) mod effect_reading;
pub(crate) mod effect_section;
pub(crate) mod effect_table;
pub(crate) mod effect_terminal;
