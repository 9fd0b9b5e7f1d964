namespace VideoGen.Web.Accounts;

/// <summary>
/// The words that well-known passwords are made of. A short list, meant together with the patterns of <see cref="PasswordRules"/>;
/// not a replacement for a list of leaked passwords.
/// </summary>
internal static class CommonPasswords
{
    public static readonly string[] Words =
        """
        123qwe 1q2w3e 1q2w3e4r abc123 access account admin administrator amanda america andrew android angel apple
        april arsenal asdf ashley august autumn azerty banana barcelona baseball basketball batman battery berlin
        black blue business buster butterfly camera changeit changeme charlie cheese chelsea chocolate company
        computer cookie correct correct-horse correcthorsebatterystaple cowboy daniel database december default demo
        deutschland diamond dragon england facebook family february ferrari flower football forever fortnite freedom
        friday friends gandalf ginger golden google green guest hallo harley hello herbst hockey horse hunter ilovey
        iloveyou internet january jennifer jessica jordan joshua july june juventus killer letmein linux liverpool
        login london love lovely loveyou march master matrix matthew maverick mercedes michael michelle microsoft
        minecraft monday monkey movie mustang naruto network nicole nintendo november october office orange paris pass
        passw0rd passwd password passwort pepper phoenix picture playstation pokemon porsche princess private purple
        q1w2e3r4 qazwsx qwerty qwertz ranger realmadrid root samsung secret secure security september server service
        shadow silver soccer sommer spiderman spring staple starwars studio summer sunday sunshine superman system
        test tester testing thomas tigger trustno trustnoone ubuntu user video videogen videos videostudio welcome
        whatever white willkommen windows winter xbox yamaha yellow zaq12wsx zelda zxcv
        """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
