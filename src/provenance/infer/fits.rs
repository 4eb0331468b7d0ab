//! How well the printings of one document fit each of its sources: a table in one piece, since of 100,000 documents
//! the rows by themselves would be millions.

/// A row for each source, a column for each printing.
#[derive(Clone, Debug, Default)]
pub(super) struct Fits {
    columns: usize,
    /// Row by row; not a number where the source does not print it.
    scores: Vec<f32>,
}

impl Fits {
    pub(super) fn new(rows: usize, columns: usize) -> Self {
        Self { columns, scores: Vec::with_capacity(rows * columns) }
    }

    /// Adds the next score of the next row: `None` where the source does not print it.
    pub(super) fn push(&mut self, score: Option<f32>) {
        self.scores.push(score.unwrap_or(f32::NAN));
    }

    /// The rows, in order of the sources.
    pub(super) fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = Option<f32>> + '_> + '_ {
        self.scores.chunks(self.columns.max(1)).map(|row| row.iter().map(|&score| known(score)))
    }

    /// How many printings one source has.
    pub(super) fn printed(&self, row: usize) -> usize {
        let row = self.scores.chunks(self.columns.max(1)).nth(row);
        row.map_or(0, |row| row.iter().filter(|&&score| known(score).is_some()).count())
    }

    /// One printing's scores, in order of the sources.
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = Option<f32>> + '_ {
        self.scores.iter().skip(column).step_by(self.columns.max(1)).map(|&score| known(score))
    }

    /// The best score of a printing; minus infinity where no source prints it.
    pub(super) fn best(&self, column: usize) -> f32 {
        self.column(column).flatten().fold(f32::NEG_INFINITY, f32::max)
    }
}

fn known(score: f32) -> Option<f32> {
    (!score.is_nan()).then_some(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_are_those_that_were_pushed() {
        let mut fits = Fits::new(2, 3);
        for score in [Some(1.0), None, Some(-2.0), None, None, Some(4.0)] {
            fits.push(score);
        }
        let rows: Vec<Vec<Option<f32>>> = fits.rows().map(Iterator::collect).collect();
        assert_eq!(rows, [[Some(1.0), None, Some(-2.0)], [None, None, Some(4.0)]]);
        assert_eq!(fits.column(2).collect::<Vec<_>>(), [Some(-2.0), Some(4.0)]);
        assert_eq!((fits.printed(0), fits.printed(1), fits.printed(2)), (2, 1, 0));
        assert_eq!((fits.best(2), fits.best(1)), (4.0, f32::NEG_INFINITY));
    }

    #[test]
    fn a_document_that_shares_no_printing_has_no_row() {
        let fits = Fits::new(0, 0);
        assert_eq!((fits.rows().count(), fits.column(0).count(), fits.printed(0)), (0, 0, 0));
    }
}
