using System.Globalization;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace VideoGen.Tests.Browser;

/// <summary>What every page owes its visitors in light and dark, on a screen and on a phone.</summary>
internal static class Looks
{
    private const int PhoneWidth = 390;
    private const int NarrowestWidth = 320;

    private static readonly int[] Widths = [PhoneWidth, 1440];

    // What can be touched is the element together with its label. Links inside a sentence are as high as the sentence.
    private const string SmallTargets =
        """
        () => {
          const least = 43.5;
          const isInSentence = link => link.matches('a') && getComputedStyle(link).display === 'inline'
            && [...link.parentElement.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.nodeValue.trim());
          const small = [];
          for (const target of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
            if (!target.checkVisibility({ visibilityProperty: true }) || target.closest('[inert], [aria-hidden=true]') || isInSentence(target)) continue;
            const areas = [target, target.closest('label'), ...(target.labels ?? [])].filter(Boolean).map(part => part.getBoundingClientRect());
            const [width, height] = [Math.max(...areas.map(area => area.width)), Math.max(...areas.map(area => area.height))];
            const isForScreenReaders = width <= 1 || areas.every(area => area.bottom <= 0);
            if (!isForScreenReaders && (width < least || height < least)) {
              small.push(`${target.tagName.toLowerCase()} "${(target.getAttribute('aria-label') ?? target.textContent).trim().slice(0, 40)}" is ${Math.round(width)}x${Math.round(height)}`);
            }
          }
          return small;
        }
        """;

    // The page learns of its new size later than the driver, and the end of one change can be the beginning of another.
    private const string Settled =
        """
        async width => {
          const end = performance.now() + 20_000;
          const nextFrame = () => new Promise((resolve, reject) => performance.now() < end ? requestAnimationFrame(resolve) : reject('The page does not come to rest.'));
          while (innerWidth !== width) await nextFrame();
          let changes;
          do {
            await nextFrame();
            changes = document.getAnimations().filter(change => change instanceof CSSTransition);
            await Promise.allSettled(changes.map(change => change.finished));
          } while (changes.length > 0);
        }
        """;

    // In the page itself. Axe's own package for Playwright gathers what it finds in frames, which there are none of, in one more
    // browser for each call: seconds, where this takes a fraction of one.
    private const string Violations =
        """
        async () => {
          const { violations } = await axe.run({ resultTypes: ['violations'] });
          return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html} at ${node.target}`));
        }
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private const string TooWide =
        """
        () => {
          const edge = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= edge) return [];
          return [...document.querySelectorAll('main *')].filter(part => part.getBoundingClientRect().right > edge + 1)
            .slice(0, 3).map(part => `${part.tagName.toLowerCase()}.${part.className} reaches beyond the edge`).concat(['The page scrolls sideways']);
        }
        """;

    /// <summary>No violation that axe finds, nothing to scroll sideways, nothing too small to touch.</summary>
    /// <param name="page">As it stands, in the state that is looked at.</param>
    /// <param name="name">What it is called in a failure.</param>
    public static async Task AreSoundAsync(IPage page, string name)
    {
        List<string> faults = [];
        await page.EvaluateAsync(Axe);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            // Without motion, so that no colour is seen half-way.
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            foreach (var width in Widths)
            {
                await ResizeAsync(page, width);
                var violations = await page.EvaluateAsync<string[]>(Violations);
                faults.AddRange(violations.Select(violation => string.Create(CultureInfo.InvariantCulture, $"{name}, {scheme}, {width}: {violation}")));
            }
        }

        await ResizeAsync(page, PhoneWidth);
        faults.AddRange((await page.EvaluateAsync<string[]>(SmallTargets)).Select(fault => $"{name}: {fault}"));
        faults.AddRange((await page.EvaluateAsync<string[]>(TooWide)).Select(fault => $"{name}, {PhoneWidth}: {fault}"));
        await ResizeAsync(page, NarrowestWidth);
        faults.AddRange((await page.EvaluateAsync<string[]>(TooWide)).Select(fault => $"{name}, {NarrowestWidth}: {fault}"));
        await ResizeAsync(page, 1440);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task ResizeAsync(IPage page, int width)
    {
        await page.SetViewportSizeAsync(width, width < 768 ? 844 : 900);

        await page.EvaluateAsync(Settled, width);
    }
}
