#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_HANDLE handle = NULL;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &handle);
    //                                                             ^^^^^^^ warning handle-not-kept: handle from 'NdisFRegisterFilterDriver' is only stored in the local 'handle'
    if (!NT_SUCCESS(status)) {
        return status;
    }
    DbgPrint("registered as %p\n", handle);
    if (ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'tliF') == NULL) {
        NdisFDeregisterFilterDriver(handle);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    return STATUS_SUCCESS;
}
