#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
BOOLEAN FilterReadParameters(PUNICODE_STRING RegistryPath);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    if (!FilterReadParameters(RegistryPath)) {
        status = STATUS_UNSUCCESSFUL;
        goto Exit;
    }
    NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
  //^^^^^^^^^^^^^^^^^^^^^^^^^ warning registration-status-ignored: result of 'NdisFRegisterFilterDriver' is never checked
    status = STATUS_SUCCESS;

Exit:
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
