using Microsoft.Playwright;

namespace VideoGen.Tests.Browser;

/// <summary>Writes down, inside a page, every value that a progress bar has had, by the job that it belongs to.</summary>
internal static class ProgressWatch
{
    public static Task BeginAsync(IPage page) => page.EvaluateAsync(
        """
        () => {
          window.progressSeen = {};
          const look = () => {
            for (const bar of document.querySelectorAll('[role=progressbar]')) {
              const job = bar.closest('li.job')?.querySelector('a[href^="/jobs/"]')?.getAttribute('href') ?? location.pathname;
              const values = window.progressSeen[job] ??= [];
              const value = Number(bar.getAttribute('aria-valuenow'));
              if (values.at(-1) !== value) values.push(value);
            }
          };
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-valuenow'] });
        }
        """);

    /// <returns>The values in the order in which they arrived, by the address of the job.</returns>
    public static Task<Dictionary<string, int[]>> SeenAsync(IPage page) => page.EvaluateAsync<Dictionary<string, int[]>>("() => window.progressSeen");
}
