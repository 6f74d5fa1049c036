#include <ndis.h>

MINIPORT_INITIALIZE MPInitialize;
MINIPORT_HALT MPHalt;
MINIPORT_UNLOAD MPUnload;
MINIPORT_PAUSE MPPause;

NDIS_HANDLE DriverHandle;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    NdisZeroMemory(&chars, sizeof(chars));
    chars.Header.$0
    //? Revision = … | required · UCHAR
    //? Size = … | required · USHORT
    //only
    //= chars.Header.Revision = |;
    chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.InitializeHandlerEx = MPInitialize;
    chars.HaltHandlerEx = MPHalt;

    chars.$0
    //? Header.Revision = … | required
    //? Header.Size = … | required
    //? UnloadHandler = … | required · MINIPORT_UNLOAD
    //? PauseHandler = … | required · MINIPORT_PAUSE
    //? RestartHandler = … | required · MINIPORT_RESTART
    //? OidRequestHandler = … | required
    //! InitializeHandlerEx = …
    //! HaltHandlerEx = …
    //! Header.Type = …
    //! ShutdownHandlerEx = …
    //! MajorNdisVersion = …
    //= chars.Header.Revision = |;

    chars.Pause$0
    //? Header.Revision = …

    chars . $0;
    //? Header.Revision = …
    //= chars . Header.Revision = |;

    chars.MajorDriverVersion = 1, chars.$0
    //? Header.Revision = …
    //= chars.MajorDriverVersion = 1, chars.Header.Revision = |

    $0
    //? chars.Header.Revision = … | required
    //? chars.Header.Size = …
    //? chars.UnloadHandler = …
    //? chars.PauseHandler = …
    //! chars.CheckForHangHandlerEx = …
    //= chars.Header.Revision = |;

    ch$0
    //? chars.Header.Revision = …

    if (status == 0) chars.$0
    //? Header.Revision = …

    //{
    status = NdisSomething(1, (2)
    chars.$0
    //}
    //? Header.Revision = …
    //! InitializeHandlerEx = …

    // chars.$0
    //none
    /* chars.$0 */
    //none
    DbgPrint("chars.$0");
    //none
    DbgPrint("chars.$0
    //none
#define X chars.$0
    //none
    chars.Pau$0seHandler = MPPause;
    //none
    status = chars.$0
    //none
    if (chars.$0
    //none
    Other(chars.$0);
    //none
    other.$0
    //none
    unknown->$0
    //none
    goto $0
    //none
    return $0
    //none
    status = $0
    //none
    //{
    chars.$0
    chars.CheckForHangHandlerEx = MPCheckForHang;
    //}
    //? Header.Revision = …
    //? Header.Size = …
    //? UnloadHandler = …
    //? PauseHandler = …
    //? RestartHandler = …
    //? OidRequestHandler = …
    //? SendNetBufferListsHandler = …
    //? ResetHandlerEx = … | required
    //{
    chars.CheckForHangHandlerEx = NULL; {
        chars.$0
    }
    //}
    //? Header.Revision = …
    //! CheckForHangHandlerEx = …
    chars.ShutdownHandlerEx = MPShutdown;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);

    $0
    //none
    return status;
}

VOID Other(PVOID Context)
{
    $0
    //none
    chars.$0
    //none
    Context->$0
    //none
}
