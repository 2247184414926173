//! What is said where an estimate is put into somebody else's page?
