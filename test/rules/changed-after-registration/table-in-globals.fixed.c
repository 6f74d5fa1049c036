#include <ndis.h>

typedef struct _GLOBALS {
    NDIS_HANDLE Handle;
    NDIS_FILTER_DRIVER_CHARACTERISTICS Table;
} GLOBALS;

static GLOBALS Globals;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
FILTER_STATUS FilterStatus;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    FillCharacteristics(&Globals.Table);
    // Status indications are for us, too.
    Globals.Table.StatusHandler = FilterStatus;
    Globals.Table.Flags = 0;
    if ((status = NdisFRegisterFilterDriver(DriverObject, NULL, &Globals.Table, &Globals.Handle)) != NDIS_STATUS_SUCCESS) {
        return status;
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(Globals.Handle);
}
