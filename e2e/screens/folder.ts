/** Where `npm run screens` leaves its pictures. */
export const screensFolder = "test-results/screens";
