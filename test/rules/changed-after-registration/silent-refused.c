#include <ndis.h>

static NDIS_HANDLE FilterDriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    FillCharacteristics(&chars);
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterDriverHandle);
    if (status == NDIS_STATUS_BAD_VERSION) {
        chars.MinorNdisVersion = 30;
        status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterDriverHandle);
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterDriverHandle);
}
