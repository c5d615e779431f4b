/** Conditions may list 10,000 values in a rule, and come as JSON inside JSON. */
export const audienceBodyLimit = 8 * 1024 * 1024;
