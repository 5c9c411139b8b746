/** The least that a route handler can do: what `npm run bench` compares ours with. No ordinary build has it. */
export const POST = (): Response => Response.json({ active: true });
