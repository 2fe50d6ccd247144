/** Hardhat takes an empty object for a mistake. */
module.exports = { paths: {} };
