/** The least that a page can be, below the same layout as all: what `npm run bench` compares ours with. */
export default function TrivialPage() {
  return <h1>{new Date().toISOString()}</h1>;
}
