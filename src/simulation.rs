//! One arm to one trajectory; the only place that knows model and solver both.
