/** Rows that are booked in one step; each has a record, and may name a caller who has one too. */
export const maxRowsPerBatch = 1_000;
