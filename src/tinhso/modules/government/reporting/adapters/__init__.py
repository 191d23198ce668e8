"""What reporting reads and writes outside the database: workbooks, printed reports, the receiver above."""
