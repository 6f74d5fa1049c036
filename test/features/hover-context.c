/* driverentry-ignore-file structure-not-zeroed$0: the structure is static */
//? **structure-not-zeroed** — rule of DriverEntry
#include <ndis.h>

typedef struct _ADAPTER { ULONG Flags; ULONG PauseHandler; } ADAPTER, *PADAPTER;

FILTER_PAUSE FltPause;
FILTER_RESTART FltRestart;

NDIS_FILTER_DRIVER_CHARACTERISTICS g_Filter = {
    .PauseHandler$0 = FltPause$0,
    //? **PauseHandler** — member of `NDIS_FILTER_DRIVER_CHARACTERISTICS`
    //? FILTER_PAUSE FilterPause;
    //next
    //? **FltPause** — `FilterPause` of this driver
    .RestartHandler = FltRestart,
};

void Touch(PADAPTER Adapter, int Size$0, PNDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport)
//none
{
    Adapter->Flags$0 = 1; // driverentry-ignore not-a-rule$0, missing-role-type$0: because
    //none
    //next
    //none
    //next
    //? **missing-role-type** — rule of DriverEntry
    Adapter->PauseHandler$0 = Size;
    //none
    if (miniport->PauseHandler$0)
    //? **PauseHandler** — member of `NDIS_MINIPORT_DRIVER_CHARACTERISTICS`
        return;
    Size = FIELD_OFFSET(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS, Uninst$0allHandler);
    //? **UninstallHandler** — member of `NDIS_PROTOCOL_DRIVER_CHARACTERISTICS`
    Size = get()->SendNetBufferListsHandler$0;
    //? **SendNetBufferListsHandler**
    //? `NDIS_FILTER_DRIVER_CHARACTERISTICS`
    NdisMRegisterDevice$0();
    //? Use `NdisRegisterDeviceEx` instead.
    nothing_known$0();
    //none
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    return NdisFRegisterFilterDriver(driver, (NDIS_HANDLE)driver, &g_Filter$0, &handle);
    //? **g_Filter** — `NDIS_FILTER_DRIVER_CHARACTERISTICS`
}
