//! Against theory: queues, statistics, chance.

mod property_calendar;
mod property_pool;
mod property_special_function;
mod queue;
mod smaa;
mod staffing;
mod statistical_interval;
mod statistical_mser;
mod statistical_oracle;
mod statistical_point_set;
mod statistical_random;
mod statistical_selection;
mod statistical_sensitivity;
mod statistical_stopping;
