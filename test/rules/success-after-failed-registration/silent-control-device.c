#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
static NDIS_HANDLE DeviceHandle;
static PDEVICE_OBJECT DeviceObject;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    FillAttributes(&attributes);
    DriverObject->DriverUnload = FilterUnload;

    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    // Tools can do without the device.
    status = NdisRegisterDeviceEx(FilterHandle, &attributes, &DeviceObject, &DeviceHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        DbgPrint("no control device: %x\n", status);
    }
    return STATUS_SUCCESS;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (DeviceHandle != NULL) {
        NdisDeregisterDeviceEx(DeviceHandle);
    }
    NdisFDeregisterFilterDriver(FilterHandle);
}
