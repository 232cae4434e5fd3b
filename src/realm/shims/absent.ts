/** Stands where a library asks for a part of Node that a simulated process does not have; whoever uses it finds nothing there. */
export default {};
