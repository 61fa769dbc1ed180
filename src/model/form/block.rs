//! Building blocks (bouwstenen): what a form of organisation is a choice of.

use serde::Serialize;

use crate::model::Function;

/// A choice that a form of organisation makes, apart from its other choices.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[repr(u8)]
pub enum Block {
    /// Which teams work in one dossier, and what that costs them.
    Dossier,
    /// Whose professional stays with an unsafe family when another takes the lead.
    Face,
    /// Where a second professional joins the lead instead of taking over, and for which families.
    Joining,
    /// Which functions and whose staff sit together in a team.
    Pooling,
    /// Which share of professionals may do every function of their team.
    Generalists,
    /// Which teams work in areas and which for the region.
    Scale,
    /// Whether there is drang before any measure.
    Drang,
    /// Whether there is a jeugdbeschermingstafel.
    Tafel,
    /// Who looks at a measure anew, and whether in another organisation.
    Check,
    /// Who holds the family from the melding on.
    Intake,
    /// Where another's expertise is asked by consult.
    Consult,
    /// How much room areas have to judge in their own way.
    LocalRoom,
    /// What coordination costs in hours.
    Coordination,
    /// Values of parameters that the form says of itself.
    Values,
}

impl Block {
    /// Every block, in the order in which tables show them.
    pub const ALL: [Block; 14] = [
        Block::Dossier,
        Block::Face,
        Block::Joining,
        Block::Pooling,
        Block::Generalists,
        Block::Scale,
        Block::Drang,
        Block::Tafel,
        Block::Check,
        Block::Intake,
        Block::Consult,
        Block::LocalRoom,
        Block::Coordination,
        Block::Values,
    ];

    /// Its name in files and tables.
    pub const fn key(self) -> &'static str {
        match self {
            Block::Dossier => "dossier",
            Block::Face => "face",
            Block::Joining => "joining",
            Block::Pooling => "pooling",
            Block::Generalists => "generalists",
            Block::Scale => "scale",
            Block::Drang => "drang",
            Block::Tafel => "tafel",
            Block::Check => "check",
            Block::Intake => "intake",
            Block::Consult => "consult",
            Block::LocalRoom => "local_room",
            Block::Coordination => "coordination",
            Block::Values => "values",
        }
    }

    /// The block of that name.
    pub fn from_key(key: &str) -> Option<Block> {
        Block::ALL.into_iter().find(|block| block.key() == key)
    }

    /// The function that a form has or has not by this block.
    pub(crate) fn function(self) -> Option<Function> {
        match self {
            Block::Drang => Some(Function::Drang),
            Block::Tafel => Some(Function::Jeugdbeschermingstafel),
            _ => None,
        }
    }
}

/// A set of blocks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize)]
pub struct BlockSet(u16);

impl BlockSet {
    /// The set of every block.
    pub fn all() -> Self {
        Block::ALL.into_iter().collect()
    }

    /// Whether the block is in the set.
    pub fn has(self, block: Block) -> bool {
        self.0 & (1 << block as u16) != 0
    }

    /// The set with the block.
    #[must_use]
    pub fn with(self, block: Block) -> Self {
        BlockSet(self.0 | 1 << block as u16)
    }

    /// The set without the block.
    #[must_use]
    pub fn without(self, block: Block) -> Self {
        BlockSet(self.0 & !(1 << block as u16))
    }

    /// Its blocks, in the order of [`Block::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Block> {
        Block::ALL.into_iter().filter(move |&block| self.has(block))
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Block> for BlockSet {
    fn from_iter<I: IntoIterator<Item = Block>>(blocks: I) -> Self {
        let blocks = blocks.into_iter();
        blocks.fold(BlockSet::default(), BlockSet::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stand_in_the_order_of_their_numbers_and_are_known_by_name() {
        for (number, block) in Block::ALL.into_iter().enumerate() {
            assert_eq!(block as usize, number);
            assert_eq!(Block::from_key(block.key()), Some(block));
        }
        assert_eq!(Block::from_key("colour"), None);
    }

    #[test]
    fn a_set_has_what_was_put_in_and_not_taken_out() {
        let set: BlockSet = [Block::Tafel, Block::Dossier].into_iter().collect();
        assert_eq!(
            set.iter().collect::<Vec<_>>(),
            [Block::Dossier, Block::Tafel]
        );
        assert_eq!((set.len(), BlockSet::all().len()), (2, Block::ALL.len()));
        assert!(set.without(Block::Tafel).without(Block::Dossier).is_empty());
    }
}
