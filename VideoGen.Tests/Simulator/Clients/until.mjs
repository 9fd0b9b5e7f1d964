/** Asks again and again until the answer is final; the simulator makes a video in a second. */
export async function until(ask, isFinal) {
  for (;;) {
    const answer = await ask();
    if (isFinal(answer)) {
      return answer;
    }

    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
