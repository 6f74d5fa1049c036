#include <ndis.h>

static NDIS_HANDLE FilterHandle;
static BOOLEAN IsRegistered = TRUE;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
}

static VOID Cleanup(VOID)
{
    if (IsRegistered) {
        IsRegistered = FALSE;
        NdisFDeregisterFilterDriver(FilterHandle);
    }
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    Cleanup();
}
