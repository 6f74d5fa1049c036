#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

static NDIS_STATUS LastStatus;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    LastStatus = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    return LastStatus;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
