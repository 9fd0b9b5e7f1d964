namespace VideoGen.Web.Storage;

/// <summary>The store could not do what was asked. Trying again later may help. Holds neither keys nor addresses that open something.</summary>
public sealed class VideoStoreException(StoreFault fault, string message, Exception? innerException = null) : Exception(message, innerException)
{
    // ENOSPC and EDQUOT, which the base library hands on as they are.
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;

    public StoreFault Fault { get; } = fault;

    /// <summary>What went wrong with a disk of this machine.</summary>
    internal static VideoStoreException OfDisk(string message, Exception ex) =>
        new(IsWantOfRoom(ex) ? StoreFault.Full : StoreFault.Down, $"{message}: {ex.Message}", ex);

    /// <summary>Whether a disk of this machine had no room left.</summary>
    internal static bool IsWantOfRoom(Exception ex) => ex.HResult is NoSpaceLeft or QuotaExceeded;

    /// <summary>What a disk without room is told with, before anything was written.</summary>
    internal static IOException WantOfRoom(string message) => new(message, NoSpaceLeft);
}

/// <summary>Why a store could not do what was asked.</summary>
public enum StoreFault
{
    /// <summary>It cannot be reached, or is in trouble of its own. Passes by itself.</summary>
    Down,

    /// <summary>There is no room, or the allowance is used up. Passes when somebody makes room.</summary>
    Full,

    /// <summary>It does not accept our credentials, or they do not allow this. An administrator has to see to it.</summary>
    Credentials,

    /// <summary>It does not take this file, or has no such bucket. An administrator has to see to it.</summary>
    Refused,

    /// <summary>The key holds other bytes already, and they stay.</summary>
    Conflict,
}
