import { requireStaff } from "#lib/platform/require-staff.ts";

/** The least that a page of the panel can be: who reads it is known, and all that stands around each page. */
export default async function TrivialPageOfThePanel() {
  await requireStaff();
  return <h1>{new Date().toISOString()}</h1>;
}
