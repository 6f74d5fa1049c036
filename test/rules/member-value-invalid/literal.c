#include <wdm.h>
#include <hidport.h>

NTSTATUS RegisterWithHidclass(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};

    registration.Revision = 1;
    //                      ^ hint member-value-invalid: 'Revision' is written as 1; 'HID_REVISION' says what it is
    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    registration.DeviceExtensionSize = sizeof(MY_EXTENSION);
    return HidRegisterMinidriver(&registration);
}
