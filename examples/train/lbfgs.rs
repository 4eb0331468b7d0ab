//! Minimises a smooth function: limited-memory BFGS (Liu and Nocedal 1989) with a backtracking line search.

use std::collections::VecDeque;

const MEMORY: usize = 8;

/// Minimises `function`, which returns its value and writes its gradient, from `x` on.
pub(crate) fn minimise(
    x: &mut [f32],
    steps: usize,
    mut function: impl FnMut(&[f32], &mut [f32]) -> f64,
) -> f64 {
    let n = x.len();
    let mut gradient = vec![0.0; n];
    let mut value = function(x, &mut gradient);
    let mut history: VecDeque<(Vec<f32>, Vec<f32>, f64)> = VecDeque::new();
    let mut trial = vec![0.0; n];
    let mut trial_gradient = vec![0.0; n];
    for step in 0..steps {
        let direction = direction(&gradient, &history);
        let slope = dot(&direction, &gradient);
        let mut rate = if step == 0 { 1.0 / dot(&gradient, &gradient).sqrt().max(1.0) } else { 1.0 };
        let mut next = value;
        for _ in 0..20 {
            for ((trial, x), d) in trial.iter_mut().zip(x.iter()).zip(&direction) {
                *trial = x + rate as f32 * d;
            }
            next = function(&trial, &mut trial_gradient);
            if next <= value + 1e-4 * rate * slope {
                break;
            }
            rate /= 2.0;
        }
        let done = value - next < 1e-5 * value.abs();
        let s: Vec<f32> = trial.iter().zip(x.iter()).map(|(a, b)| a - b).collect();
        let y: Vec<f32> = trial_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let curvature = dot(&s, &y);
        if curvature > 1e-10 {
            if history.len() == MEMORY {
                history.pop_front();
            }
            history.push_back((s, y, 1.0 / curvature));
        }
        if next < value {
            x.copy_from_slice(&trial);
            gradient.copy_from_slice(&trial_gradient);
            value = next;
        }
        if done {
            break;
        }
    }
    value
}

fn direction(gradient: &[f32], history: &VecDeque<(Vec<f32>, Vec<f32>, f64)>) -> Vec<f32> {
    let mut d: Vec<f32> = gradient.iter().map(|g| -g).collect();
    let mut alphas = Vec::new();
    for (s, y, rho) in history.iter().rev() {
        let alpha = rho * dot(s, &d);
        add(&mut d, y, -alpha);
        alphas.push(alpha);
    }
    if let Some((_, y, rho)) = history.back() {
        let scale = 1.0 / (rho * dot(y, y));
        d.iter_mut().for_each(|d| *d *= scale as f32);
    }
    for ((s, y, rho), alpha) in history.iter().zip(alphas.iter().rev()) {
        let beta = rho * dot(y, &d);
        add(&mut d, s, alpha - beta);
    }
    d
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}

fn add(a: &mut [f32], b: &[f32], times: f64) {
    for (a, b) in a.iter_mut().zip(b) {
        *a += times as f32 * b;
    }
}
