#include <ndis.h>

static NDIS_HANDLE FilterHandle;
static NDIS_HANDLE Other;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

// What stands in the place of the table is no table whose members could be missing.
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, (Other), &FilterHandle);
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
