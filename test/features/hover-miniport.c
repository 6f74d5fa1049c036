#include <ndis.h>

MINIPORT_INITIALIZE MpInitialize;
MINIPORT_HALT MpHalt;
MINIPORT_PAUSE$0 MpPause;
//? **MiniportPause** — handler role `MINIPORT_PAUSE`
//? `NDIS_MINIPORT_DRIVER_CHARACTERISTICS.PauseHandler`
//? MINIPORT_PAUSE MiniportPause;
MINIPORT_RESTART MpRestart;
MINIPORT_UNLOAD MpUnload;
DRIVER_INITIALIZE Driver$0Entry;
//? **DriverEntry** — entry point of the driver
//? _In_ PUNICODE_STRING RegistryPath

NDIS_HANDLE g_Driver;

NDIS_STATUS MpPau$0se(NDIS_HANDLE context, PNDIS_MINIPORT_PAUSE_PARAMETERS parameters)
//? **MpPause** — `MiniportPause` of this driver
//? as `PauseHandler` in `chars`, line 32, for `NdisMRegisterMiniportDriver`, line 40
//? **Runs at:** `PASSIVE_LEVEL`
//? `MiniportRestart` is `MpRestart`
//? **Declared:** `MINIPORT_PAUSE`, line 5
//? MINIPORT_PAUSE MpPause;
{
    // A MINIPORT_PAUSE$0 function cannot fail.
    //none
    return NDIS_STATUS_PENDING$0;
    //? **NDIS_STATUS_PENDING** — status
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS ch$0ars;
    //? **chars** — `NDIS_MINIPORT_DRIVER_CHARACTERISTICS`
    //? As it reaches `NdisMRegisterMiniportDriver`, line 40:
    //? - ✓ `PauseHandler` = `MpPause`
    //? - ✗ `RestartHandler`: required but not set
    //? - **Not needed, left out:**
    //? Zeroed, line 23.
    //! - ✗ `PauseHandler`
    //! Code out of sight
    NDIS_STATUS status;

    NdisZeroMemory(&chars, sizeof(chars));
    chars.Header$0.Type$0 = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS$0;
    //? object header of `NDIS_MINIPORT_DRIVER_CHARACTERISTICS`
    //? `NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2`
    //next
    //? **Header.Type** — member of `NDIS_MINIPORT_DRIVER_CHARACTERISTICS`
    //? **Required.**
    //? **Here:** `NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS` in `chars`, line 24
    //next
    //? **NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS** — object type
    chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2$0;
    //? — revision `2`
    //? **Goes with:** `NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2`
    chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion$0 = 6;
    //? **MajorNdisVersion** — member of `NDIS_MINIPORT_DRIVER_CHARACTERISTICS`
    chars.MinorNdisVersion = 30;
    chars.InitializeHandlerEx = MpInitialize;
    chars.HaltHandlerEx = MpHalt;
    chars.UnloadHandler = MpUnload;
    chars.Pause$0Handler = MpPause;
    //? **PauseHandler** — member of `NDIS_MINIPORT_DRIVER_CHARACTERISTICS`
    //? **Required.**
    //? **Here:** `MpPause` in `chars`, line 32
    //? MINIPORT_PAUSE MiniportPause;
    //? [Documentation](https://learn.microsoft.com/windows-hardware/drivers/ddi/ndis/nc-ndis-miniport_pause)
    if (chars.Flags$0 == 0)
    //? **Flags** — member of `NDIS_MINIPORT_DRIVER_CHARACTERISTICS`
    {
        DbgPrint("chars.PauseHandler$0 %x", status$0);
        //none
        //next
        //none
    }
    driver->DriverUnload$0 = NULL;
    //? **DriverUnload** — slot of `DRIVER_OBJECT`
    //? **Here:** `NULL` in `DriverUnload`, line 37
    if (status == 0xC0010005$0)
    //? — status `0xC0010005` (-1073676283)
    //? `NdisMRegisterMiniportDriver`
        return status;
    status = NdisMRegister$0MiniportDriver(driver, path, NULL, &chars$0, &g_Driver);
    //? | Parameter | Here | Meaning |
    //? | `MiniportDriverCharacteristics` | `&chars` |
    //? **Undo:** `NdisMDeregisterMiniportDriver`
    //? `NDIS_STATUS_BAD_CHARACTERISTICS`
    //? _In_opt_ NDIS_HANDLE MiniportDriverContext,
    //next
    //? **chars** — `NDIS_MINIPORT_DRIVER_CHARACTERISTICS`
    return 0x00000000$0;
    //none
}
