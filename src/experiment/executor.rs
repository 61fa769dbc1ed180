//! Who makes passes: threads side by side, or the thread that asks.

/// What makes passes; it never shows in what comes out. Without the feature `parallel` it is the thread that asks,
/// however many were meant.
pub(crate) struct Executor {
    #[cfg(feature = "parallel")]
    threads: rayon::ThreadPool,
}

/// Why there are no threads.
#[cfg(feature = "parallel")]
pub type NoThreads = rayon::ThreadPoolBuildError;
/// Why there are no threads: never, for the thread that asks is always there.
#[cfg(not(feature = "parallel"))]
pub type NoThreads = std::convert::Infallible;

impl Executor {
    /// So many threads; one for each core if it is not said.
    #[cfg(feature = "parallel")]
    pub(crate) fn new(n_threads: Option<usize>) -> Result<Self, NoThreads> {
        // Zero is rayon's word for one thread for each core.
        let threads = rayon::ThreadPoolBuilder::new().num_threads(n_threads.unwrap_or(0));
        let threads = threads.build()?;
        Ok(Executor { threads })
    }

    #[cfg(not(feature = "parallel"))]
    pub(crate) fn new(_: Option<usize>) -> Result<Self, NoThreads> {
        Ok(Executor {})
    }

    #[cfg(feature = "parallel")]
    pub(crate) fn n_threads(&self) -> usize {
        self.threads.current_num_threads()
    }

    #[cfg(not(feature = "parallel"))]
    pub(crate) fn n_threads(&self) -> usize {
        1
    }

    /// Makes all of these, begun one by one in their order, and given in it; or says what was wrong with one.
    #[cfg(feature = "parallel")]
    pub(crate) fn make_all<K: Send, T: Send, E: Send>(
        &self,
        keys: impl Iterator<Item = K> + Send,
        make: impl Fn(K) -> Result<T, E> + Sync,
    ) -> Result<Vec<T>, E> {
        use rayon::iter::{ParallelBridge, ParallelIterator};
        let make = |(place, key)| make(key).map(|made| (place, made));
        // A bridge hands them out one by one; splitting a range in halves would start the smallest
        // regions with the largest.
        let made: Result<Vec<(usize, T)>, E> =
            (self.threads).install(|| keys.enumerate().par_bridge().map(make).collect());
        let mut made = made?;
        made.sort_unstable_by_key(|&(place, _)| place);
        Ok(made.into_iter().map(|(_, made)| made).collect())
    }

    #[cfg(not(feature = "parallel"))]
    pub(crate) fn make_all<K: Send, T: Send, E: Send>(
        &self,
        keys: impl Iterator<Item = K> + Send,
        make: impl Fn(K) -> Result<T, E> + Sync,
    ) -> Result<Vec<T>, E> {
        keys.map(make).collect()
    }
}

/// Makes these few side by side, where there are threads, and gives them in their order; or says what was wrong with one.
pub(crate) fn make_few<K: Sync, T: Send, E: Send>(
    keys: &[K],
    make: impl Fn(&K) -> Result<T, E> + Sync + Send,
) -> Result<Vec<T>, E> {
    #[cfg(feature = "parallel")]
    {
        use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
        keys.par_iter().map(make).collect()
    }
    #[cfg(not(feature = "parallel"))]
    keys.iter().map(make).collect()
}
